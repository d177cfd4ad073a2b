import type { Grant } from '../subscription.ts'

/**
 * What the broker said to the subscription of its status. `cut`: the connection ended before an answer,
 * so with the next one it is not asked for again by itself.
 */
export type StatusGrant = Grant | { state: 'cut' }
