import type { Search, SearchTerm, SearchTest } from '@/core/search/search.ts'
import { matchTopic } from '@/core/topic.ts'
import { ByteNeedle } from '@/core/search/byteNeedle.ts'
import { encodeUtf8 } from '@/core/text.ts'
import type { Seq } from '@/core/units.ts'
import { payloadTest, type OpenSegment, type PayloadTest } from './payloadTest.ts'
import { INDEX_STEP, MARK, OUT, QOS_MASK, RETAIN, seqAt, type SegmentHead } from './segment.ts'
import { SegmentRows } from './segmentRows.ts'

/** Which entries of a segment may match, as far as its head tells. */
export type Sifted = {
  head: SegmentHead
  /** By entry: 1 where it may match. */
  alive: Uint8Array
  /** By topic of the head. */
  verdicts: Verdict[]
  /** By term that is not answered by heads alone: whether this head leaves it open. */
  isOpen: boolean[]
  /** Whether a body must be read to be sure. */
  needsBody: boolean
}

/** What a topic decides: whether it can match at all, and which terms its payloads have to answer. */
type Verdict = { passes: boolean; open: boolean[] }

/** A term that is not answered by heads alone, with its place in the order of cost. */
type PayloadTerm = { term: SearchTerm; test: PayloadTest; holdsFor: (topic: string) => boolean }

const COSTS: readonly SearchTest['kind'][] = ['size', 'time', 'text', 'json', 'pattern']

/**
 * Tests the messages of whole segments against a search, without making a message of any. Flags and
 * topics are answered by heads, each distinct topic only once; what is left is asked of the payloads as
 * they lie in the body. Marks of the log never match.
 */
export class SegmentSearch {
  readonly #topicTerms: ((topic: string) => boolean)[]
  readonly #payloadTerms: PayloadTerm[]
  /** By flags of an entry: 1 where they pass. */
  readonly #flags: Uint8Array
  readonly #verdicts = new Map<string, Verdict>()

  constructor({ terms }: Search) {
    this.#flags = Uint8Array.from({ length: 256 }, (_, flags) => Number(flagsPass(terms, flags)))
    this.#topicTerms = terms.flatMap((term) => {
      if (term.kind !== 'topic') return []
      return [(topic: string) => matchTopic(term.filter, topic) !== term.negated]
    })
    this.#payloadTerms = terms
      .flatMap((term) => {
        const test = payloadTest(term)
        return test ? [{ term, test, holdsFor: topicTest(term) }] : []
      })
      .sort((a, b) => COSTS.indexOf(a.term.kind) - COSTS.indexOf(b.term.kind))
  }

  /** Looks at the entries of a head from `from` on. Undefined where none of them can match. */
  sift(head: SegmentHead, from: Seq = head.firstSeq): Sifted | undefined {
    const times = this.#payloadTerms.map(({ term }) => {
      return term.kind === 'time' ? timeIn(term, head) : 'some'
    })
    if (times.includes('none')) return undefined
    const isOpen = times.map((time) => time === 'some')
    const { topics } = head
    const verdicts: Verdict[] = []
    // 0: no message of this topic matches; 1: all do; 2: the payload has to be asked.
    const outlook = new Uint8Array(topics.length)
    for (let topic = 0; topic < topics.length; topic += 1) {
      const verdict = this.#verdictOf(topics[topic] ?? '')
      verdicts.push(verdict)
      if (verdict.passes) outlook[topic] = asksPayload(verdict, isOpen) ? 2 : 1
    }
    const flags = this.#flags
    const index = new Uint8Array(head.index)
    const alive = new Uint8Array(head.count)
    let needsBody = false
    for (let i = firstFrom(head, from); i < head.count; i += 1) {
      if (flags[index[i * INDEX_STEP + 2] ?? 0] === 0) continue
      const topic = outlook[topicAt(index, i)] ?? 0
      if (topic === 0) continue
      alive[i] = 1
      if (topic === 2) needsBody = true
    }
    return alive.includes(1) ? { head, alive, verdicts, isOpen, needsBody } : undefined
  }

  /**
   * The seqs of the messages that match, ascending. `body` is that of the head that was sifted, and may
   * be left out where it is not needed. Whatever was sifted can be finished once.
   */
  finish({ head, alive, verdicts, isOpen }: Sifted, body?: ArrayBuffer): Seq[] {
    if (body) {
      const segment = { head, rows: new SegmentRows(head, body) }
      for (const [place, payloadTerm] of this.#payloadTerms.entries()) {
        if (!isOpen[place]) continue
        const asks = new Uint8Array(verdicts.length)
        for (let topic = 0; topic < asks.length; topic += 1) {
          if (verdicts[topic]?.open[place]) asks[topic] = 1
        }
        narrow(alive, asks, segment, payloadTerm)
      }
    }
    const seqs: Seq[] = []
    for (let i = 0; i < alive.length; i += 1) if (alive[i] === 1) seqs.push(seqAt(head, i))
    return seqs
  }

  #verdictOf(topic: string): Verdict {
    const known = this.#verdicts.get(topic)
    if (known) return known
    const verdict = this.#judge(topic)
    this.#verdicts.set(topic, verdict)
    return verdict
  }

  #judge(topic: string): Verdict {
    const held = this.#payloadTerms.map(({ holdsFor }) => holdsFor(topic))
    const isBarred = this.#payloadTerms.some(({ term }, i) => term.negated && held[i])
    const passes = !isBarred && this.#topicTerms.every((holds) => holds(topic))
    return { passes, open: held.map((holds) => !holds) }
  }
}

function asksPayload({ open }: Verdict, isOpen: readonly boolean[]): boolean {
  for (let place = 0; place < open.length; place += 1) if (open[place] && isOpen[place]) return true
  return false
}

/** Takes out of `alive` what fails a term, which is asked of the payloads of the topics in `asks`. */
function narrow(
  alive: Uint8Array,
  asks: Uint8Array,
  segment: OpenSegment,
  { term, test }: PayloadTerm,
): void {
  const index = new Uint8Array(segment.head.index)
  const open = new Uint8Array(alive.length)
  const found = new Uint8Array(alive.length)
  for (let i = 0; i < open.length; i += 1) {
    if (alive[i] === 1 && asks[topicAt(index, i)] === 1) open[i] = 1
  }
  test(segment, open, found)
  const wanted = term.negated ? 0 : 1
  for (let i = 0; i < open.length; i += 1) {
    if (open[i] === 1 && found[i] !== wanted) alive[i] = 0
  }
}

/** The first entry of a head whose seq is `from` or more. */
function firstFrom({ firstSeq, seqs, count }: SegmentHead, from: Seq): number {
  if (!seqs) return Math.max(0, from - firstSeq)
  const first = seqs.findIndex((seq) => seq >= from)
  return first === -1 ? count : first
}

/** The index of an entry's topic in the dictionary of its head. */
function topicAt(index: Uint8Array, i: number): number {
  return (index[i * INDEX_STEP] ?? 0) | ((index[i * INDEX_STEP + 1] ?? 0) << 8)
}

/** Words and regular expressions may stand in the topic as well; all other tests are of the payload. */
function topicTest(test: SearchTest): (topic: string) => boolean {
  if (test.kind === 'pattern') {
    const pattern = new RegExp(test.source, test.flags)
    return (topic) => pattern.test(topic)
  }
  if (test.kind !== 'text') return () => false
  const needle = new ByteNeedle(test.text)
  return (topic) => {
    const bytes = encodeUtf8(topic)
    return needle.find(bytes, 0, bytes.length) !== -1
  }
}

function flagsPass(terms: readonly SearchTerm[], flags: number): boolean {
  if (flags & MARK) return false
  return terms.every((term) => {
    if (term.kind === 'direction') {
      return (((flags & OUT) !== 0) === (term.direction === 'out')) !== term.negated
    }
    if (term.kind === 'qos') {
      return term.levels.some((qos) => qos === (flags & QOS_MASK)) !== term.negated
    }
    if (term.kind === 'retain') {
      return (((flags & RETAIN) !== 0) === term.retain) !== term.negated
    }
    return true
  })
}

/** What the span of a head says of a term about time: it holds for all of it, for none, or who knows. */
function timeIn(
  { from, to, negated }: Extract<SearchTerm, { kind: 'time' }>,
  { earliest, latest }: SegmentHead,
): 'all' | 'none' | 'some' {
  const isInside = from <= earliest && latest <= to
  const isOutside = latest < from || to < earliest
  if (!isInside && !isOutside) return 'some'
  return isInside === negated ? 'none' : 'all'
}
