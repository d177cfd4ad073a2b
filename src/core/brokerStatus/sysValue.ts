import type { Bytes, EpochMs } from '../units.ts'

/** What a broker tells of itself, it publishes under topics that begin so, by convention. */
export const SYS_FILTER = '$SYS/#'

const SYS_PREFIX = '$SYS/'

/** So many topics are kept; of a broker that has more, those that it published last. */
export const KEPT_TOPICS = 2_000

/** Of a value as much as this is kept. */
export const KEPT_OF_VALUE: Bytes = 1024

/** The latest value of one topic under `$SYS`. */
export type SysValue = {
  topic: string
  /** The payload as text; what is no UTF-8 is replaced. */
  text: string
  /** Only the first `KEPT_OF_VALUE` bytes of the payload are here. */
  isCut: boolean
  /** It was published some time before it came: it is as old as the broker's last round. */
  retained: boolean
  time: EpochMs
  /** One more for each value that came, so that they can be put in order. */
  seq: number
}

/** What a page gets: the values after the last that it has, and what of all is still there. */
export type SysUpdate = {
  /** In the order in which they came. */
  values: SysValue[]
  /** Topics whose value came before this one are not kept any more. */
  start: number
  /** How often a topic gave way to another one. */
  letGo: number
}

/** Whether a topic name is one of a broker's own. */
export function isSysTopic(topic: string): boolean {
  return topic.startsWith(SYS_PREFIX)
}
