import type { EpochMs, Milliseconds } from '../units.ts'
import { findLayout, type Source } from './layout.ts'
import { COUNTERS, type Counter } from './measure.ts'
import { RateSeries, sumPoints, type RatePoint } from './rateSeries.ts'
import { readUptime } from './readUptime.ts'
import { readNumber, summarize, topicOf, type BrokerSummary } from './summary.ts'
import type { SysUpdate, SysValue } from './sysValue.ts'

/** Uptimes are whole seconds: nearer to each other, their distance says too little. */
const UPTIMES_APART: Milliseconds = 5_000

/** What has come under `$SYS` on one connection: the latest values, and the rates of the last minutes. */
export class StatusHistory {
  readonly #values = new Map<string, SysValue>()
  readonly #series = new Map<string, RateSeries>()
  /** The uptime that a source had published before the subscription. */
  readonly #uptimes = new Map<string, Milliseconds>()
  letGo = 0

  /** Takes what is new; with `isWhole` it is all there is of a connection that has just begun. */
  take({ values, start, letGo }: SysUpdate, isWhole: boolean): void {
    if (isWhole) {
      this.#values.clear()
      this.#uptimes.clear()
      for (const series of this.#series.values()) series.interrupt()
    }
    this.letGo = letGo
    for (const value of values) {
      // Behind the others, so that the first are those that came longest ago.
      this.#values.delete(value.topic)
      this.#values.set(value.topic, value)
    }
    for (const { topic, seq } of this.#values.values()) {
      if (seq >= start) break
      this.#values.delete(topic)
      this.#series.delete(topic)
    }
    this.#count(values)
  }

  get size(): number {
    return this.#values.size
  }

  /** By topic, in the order of the alphabet. */
  sorted(): SysValue[] {
    return [...this.#values.values()].toSorted((one, other) => (one.topic < other.topic ? -1 : 1))
  }

  /** Undefined when the broker's layout is not known. */
  summary(): BrokerSummary | undefined {
    return summarize(this.#texts)
  }

  /** How many a second, over the last minutes; empty until two rounds have come. */
  rates(counter: Counter): readonly RatePoint[] {
    const found = findLayout(this.#texts)
    if (!found) return []
    const all = found.sources.flatMap((source) => {
      const topic = topicOf(this.#texts, found.layout, source, counter)
      return topic === undefined ? [] : [this.#series.get(topic)?.points ?? []]
    })
    return sumPoints(all)
  }

  readonly #texts = {
    get: (topic: string) => this.#values.get(topic)?.text,
    keys: () => this.#values.keys(),
  }

  #count(values: readonly SysValue[]): void {
    const found = findLayout(this.#texts)
    if (!found) return
    const { layout, sources } = found
    const counters = new Set(COUNTERS.flatMap((counter) => layout.topics[counter] ?? []))
    for (const value of values) {
      const source = sources.find(({ prefix }) => value.topic.startsWith(prefix))
      if (!source) continue
      const topic = value.topic.slice(source.prefix.length)
      if (topic === layout.beat) this.#beat(source, value)
      else if (counters.has(topic)) this.#add(value)
    }
    for (const series of this.#series.values()) series.settle()
  }

  #beat({ prefix }: Source, { text, retained, time }: SysValue): void {
    const uptime = (readUptime(text) ?? 0) * 1000
    if (retained) {
      this.#uptimes.set(prefix, uptime)
      return
    }
    const since = uptime - (this.#uptimes.get(prefix) ?? uptime)
    const before: EpochMs | undefined = since >= UPTIMES_APART ? time - since : undefined
    for (const [topic, series] of this.#series) {
      if (topic.startsWith(prefix)) series.beat(time, before)
    }
  }

  #add({ topic, text, retained, time }: SysValue): void {
    const number = readNumber(text)
    if (number === undefined) return
    const series = this.#series.get(topic) ?? new RateSeries()
    this.#series.set(topic, series)
    if (retained) series.kept(number)
    else series.count(number, time)
  }
}
