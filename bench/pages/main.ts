/**
 * The page of the bench's own, beside the app and of the same origin: it runs the controls, and reads
 * the app's logs back with the app's own code.
 */
import { readBack, readPages } from './readBack.ts'
import { control, startControl } from './controls.ts'

const bench = { readBack, readPages, startControl, control }

/** What the bench calls in this page. */
export type BenchPage = typeof bench

Object.assign(globalThis, { bench })
