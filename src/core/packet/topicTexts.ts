import { decodeUtf8 } from '../text.ts'
import { MalformedPacket } from './framer.ts'

/** Topics that are remembered before all are forgotten; a broker with more repeats few of them soon. */
const CAPACITY = 4_096

/**
 * The topics of received PUBLISH packets as text. A topic is decoded and checked when it comes for the
 * first time and found by its bytes from then on, which takes a tenth of the time and makes all
 * messages of a topic share one string.
 */
export class TopicTexts {
  /** By hash; the last one with a hash takes its place. */
  readonly #known = new Map<number, { bytes: Uint8Array; text: string }>()

  /**
   * The topic that lies from `start` to `end` (not included). Throws `MalformedPacket` for what is not
   * UTF-8 and for characters that no topic name may have (MQTT 5.0 §3.3.2.1, §4.7.3).
   */
  textOf(bytes: Uint8Array, start: number, end: number): string {
    let hash = end - start
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    const known = this.#known.get(hash)
    if (known && isSame(known.bytes, bytes, start, end)) return known.text
    const own = bytes.slice(start, end)
    const text = decodeTopic(own)
    if (this.#known.size >= CAPACITY) this.#known.clear()
    this.#known.set(hash, { bytes: own, text })
    return text
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[start + i]) return false
  return true
}

function decodeTopic(bytes: Uint8Array): string {
  const topic = decodeUtf8(bytes)
  if (topic === undefined) throw new MalformedPacket('PUBLISH with a topic that is not UTF-8')
  if (/[+#\0]/.test(topic)) throw new MalformedPacket('PUBLISH with a wildcard in its topic')
  return topic
}
