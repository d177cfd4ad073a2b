import type { EpochMs, Milliseconds } from '../units.ts'

/** So much of the past is charted. */
export const CHARTED: Milliseconds = 300_000

/** How many a second, up to this time. Without a rate nothing is known: the line breaks there. */
export type RatePoint = { time: EpochMs; rate: number | undefined }

type Point = RatePoint & {
  /** The counter said nothing in this round, so it stood still; a late value takes the point's place. */
  isAssumed?: true
}

/**
 * The rate of one counter, from its values and the times at which they came.
 *
 * Some brokers publish a counter only when it has changed. Where a beat tells the rounds apart, a counter
 * that says nothing in a round stood still, and what it says in the next one happened since that round,
 * not since it was heard last. A counter that is lower than before began anew: what it has counted in
 * between is unknown, so there is no rate.
 */
export class RateSeries {
  #points: Point[] = []
  #last: { value: number; time: EpochMs | undefined } | undefined
  #beat: EpochMs | undefined
  #beatBefore: EpochMs | undefined

  /** Oldest first, not older than `CHARTED` before the latest. */
  get points(): readonly RatePoint[] {
    return this.#points
  }

  /** A value from before the subscription: it is of the round before the first beat. */
  kept(value: number): void {
    this.#last ??= { value, time: undefined }
  }

  count(value: number, time: EpochMs): void {
    const last = this.#last
    const from = this.#from()
    this.#last = { value, time }
    if (!last || from === undefined || time <= from) return
    if (value < last.value) this.#break(time)
    else this.#add({ time, rate: ((value - last.value) / (time - from)) * 1000 }, from)
  }

  /** A round begins. `before`: when the last one was, where that is known although it was not heard. */
  beat(time: EpochMs, before?: EpochMs): void {
    this.#beatBefore = this.#beat ?? before
    this.#beat = time
  }

  /** All that belongs to the last beat has come. */
  settle(): void {
    const beat = this.#beat
    const from = this.#from()
    if (beat === undefined || from === undefined || !this.#last || from >= beat) return
    const isHeard = this.#last.time !== undefined && this.#last.time >= beat
    const latest = this.#points.at(-1)?.time ?? -Infinity
    if (!isHeard && latest < beat) this.#add({ time: beat, rate: 0, isAssumed: true })
  }

  /** The connection was lost, so nothing is known of what comes next. */
  interrupt(): void {
    this.#last = this.#beat = this.#beatBefore = undefined
    const latest = this.#points.at(-1)
    if (latest) this.#break(latest.time)
  }

  /** Up to when the last value is known to have held. */
  #from(): EpochMs | undefined {
    const times = [this.#last?.time, this.#beatBefore].filter((time) => time !== undefined)
    return times.length > 0 ? Math.max(...times) : undefined
  }

  #break(time: EpochMs): void {
    if (this.#points.at(-1)?.rate !== undefined) this.#add({ time, rate: undefined })
  }

  /** What was assumed of the time since `from` gives way to what is known. */
  #add(point: Point, from: EpochMs = Infinity): void {
    const first = point.time - CHARTED
    const isKept = ({ time, isAssumed }: Point) => time >= first && !(isAssumed && time > from)
    this.#points = [...this.#points.filter(isKept), point]
  }
}

/**
 * The sum of the rates of several nodes, which publish at different times: at each point of any of them,
 * with the latest of the others. It begins where all of them have one.
 */
export function sumPoints(all: readonly (readonly RatePoint[])[]): readonly RatePoint[] {
  const [only] = all
  if (all.length === 1 && only) return only
  const latest = new Map<number, number | undefined>()
  const merged = all
    .flatMap((points, node) => points.map((point) => ({ node, ...point })))
    .toSorted((one, other) => one.time - other.time)
  return merged.flatMap(({ node, time, rate }) => {
    latest.set(node, rate)
    if (latest.size < all.length) return []
    return { time, rate: [...latest.values()].reduce(addRates) }
  })
}

function addRates(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other
}
