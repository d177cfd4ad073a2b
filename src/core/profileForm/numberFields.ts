/** Which whole numbers a field of the form takes. An optional one may be empty: it is not sent. */
export type NumberRange = { minimum: number; maximum: number; optional?: true }

const TWO_BYTES = 65_535
const FOUR_BYTES = 4_294_967_295

/** Section numbers are those of MQTT 5.0. */
export const NUMBER_FIELDS = {
  port: { minimum: 1, maximum: TWO_BYTES },
  /** Seconds. */
  connectTimeout: { minimum: 1, maximum: 600 },
  /** Seconds; 0 is off (§3.1.2.10). */
  keepAlive: { minimum: 0, maximum: TWO_BYTES },
  /** Milliseconds, up to the longest wait before a retry. */
  reconnectPeriod: { minimum: 1_000, maximum: 30_000 },
  /** Seconds; the largest is for ever (§3.1.2.11.2). */
  sessionExpiryInterval: { minimum: 0, maximum: FOUR_BYTES, optional: true },
  receiveMaximum: { minimum: 1, maximum: TWO_BYTES, optional: true },
  /** Bytes. */
  maximumPacketSize: { minimum: 1, maximum: FOUR_BYTES, optional: true },
  topicAliasMaximum: { minimum: 0, maximum: TWO_BYTES, optional: true },
  /** Seconds. */
  willDelayInterval: { minimum: 0, maximum: FOUR_BYTES, optional: true },
  /** Seconds. */
  messageExpiryInterval: { minimum: 0, maximum: FOUR_BYTES, optional: true },
  /** A log lets whole chunks go, so it cannot be much shorter than a few of them. */
  keepMessages: { minimum: 20_000, maximum: 5_000_000 },
  /** MiB. */
  keepSize: { minimum: 16, maximum: 16_384 },
  /** Days. */
  keepDays: { minimum: 1, maximum: 3_650, optional: true },
} as const satisfies Record<string, NumberRange>

export type NumberField = keyof typeof NUMBER_FIELDS

/** What is wrong with the text of a number. */
export type NumberIssue =
  | { code: 'number-empty' }
  | { code: 'number-not-whole' }
  | { code: 'number-out-of-range'; minimum: number; maximum: number }

/** The issue of a number as typed (spaces around it do not matter), or undefined when it fits. */
export function numberIssue(text: string, range: NumberRange): NumberIssue | undefined {
  const digits = text.trim()
  if (digits === '') return range.optional ? undefined : { code: 'number-empty' }
  if (!/^-?\d+$/.test(digits)) return { code: 'number-not-whole' }
  const { minimum, maximum } = range
  const value = Number(digits)
  if (value < minimum || value > maximum) return { code: 'number-out-of-range', minimum, maximum }
  return undefined
}
