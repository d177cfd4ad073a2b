import {
  NUMBER_DIGITS,
  NUMBER_OFFSET,
  SLOTS,
  TIME_DIGITS,
  TIME_OFFSET,
  blankPayload,
  readDigits,
} from './payload.ts'

/** What became of the messages with the numbers 0 to `sent` − 1. */
export type Verdict = {
  /** Messages that were read, whatever they were. */
  read: number
  lost: number
  /** Came after one with a higher number, and for the first time. */
  reordered: number
  repeated: number
  /** Not the bytes that were sent. */
  changed: number
  /** Milliseconds from sending to receiving. */
  meanAge: number
  maximumAge: number
}

/** Checks every message of a log against what was sent. */
export class SequenceCheck {
  readonly #blanks = new Map<number, Uint8Array>()
  /** One bit for each number that came. */
  #seen = new Uint8Array(1 << 16)
  #highest = -1
  #read = 0
  #reordered = 0
  #repeated = 0
  #changed = 0
  #ageSum = 0
  #maximumAge = 0

  /** Takes the next message of the log, and when it was received. */
  take(payload: Uint8Array, time: number): void {
    this.#read += 1
    const number = readDigits(payload, NUMBER_OFFSET, NUMBER_DIGITS)
    const sentAt = readDigits(payload, TIME_OFFSET, TIME_DIGITS)
    if (Number.isNaN(number) || Number.isNaN(sentAt) || !this.#isUnchanged(payload, number)) {
      this.#changed += 1
      return
    }
    const age = time - sentAt
    this.#ageSum += age
    this.#maximumAge = Math.max(this.#maximumAge, age)
    if (this.#mark(number)) this.#repeated += 1
    else if (number < this.#highest) this.#reordered += 1
    this.#highest = Math.max(this.#highest, number)
  }

  /** `letGo`: how many of those that were sent are not expected to be there. */
  verdict(sent: number, letGo = 0): Verdict {
    let came = 0
    for (let number = 0; number < sent; number++) {
      if ((this.#seen[number >> 3] ?? 0) & (1 << (number & 7))) came += 1
    }
    return {
      read: this.#read,
      lost: sent - came - letGo,
      reordered: this.#reordered,
      repeated: this.#repeated,
      changed: this.#changed,
      meanAge: this.#ageSum / Math.max(1, this.#read - this.#changed),
      maximumAge: this.#maximumAge,
    }
  }

  /** Notes that the number came. Returns whether it had come before. */
  #mark(number: number): boolean {
    const place = number >> 3
    if (place >= this.#seen.length) {
      const larger = new Uint8Array(Math.max(this.#seen.length * 2, place + 1))
      larger.set(this.#seen)
      this.#seen = larger
    }
    const bits = this.#seen[place] ?? 0
    const bit = 1 << (number & 7)
    this.#seen[place] = bits | bit
    return (bits & bit) !== 0
  }

  #isUnchanged(payload: Uint8Array, number: number): boolean {
    const slot = number % SLOTS
    const key = payload.length * SLOTS + slot
    let blank = this.#blanks.get(key)
    if (!blank) {
      if (payload.length < TIME_OFFSET + TIME_DIGITS + 9) return false
      blank = blankPayload(slot, payload.length)
      this.#blanks.set(key, blank)
    }
    for (let i = 0; i < NUMBER_OFFSET; i++) if (payload[i] !== blank[i]) return false
    for (let i = NUMBER_OFFSET + NUMBER_DIGITS; i < TIME_OFFSET; i++) {
      if (payload[i] !== blank[i]) return false
    }
    for (let i = TIME_OFFSET + TIME_DIGITS; i < payload.length; i++) {
      if (payload[i] !== blank[i]) return false
    }
    return true
  }
}
