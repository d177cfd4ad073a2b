import type { EpochMs } from './units.ts'

/** A topic whose messages no subscription of the user's explains. */
export type UnexplainedTopic = { topic: string; count: number; lastAt: EpochMs }
