/**
 * Plain aliases that let a signature say its unit. They cost nothing at run time and the compiler
 * does not keep them apart: they are for the reader.
 */

/** A point in time, milliseconds since 1970-01-01 UTC, as `Date.now()` gives it. */
export type EpochMs = number

export type Milliseconds = number

export type Seconds = number

export type Bytes = number

/** Position of an entry in the log of one connection: 0 for the first ever, then one more for each. */
export type Seq = number
