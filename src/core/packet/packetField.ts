import type { Bytes } from '../units.ts'

export type FieldSection =
  | 'fixed header'
  | 'variable header'
  | 'properties'
  | 'will properties'
  | 'payload'

/**
 * What a field says. `bytes` stand for themselves, and a `secret` is masked and says nothing; `from` is
 * where they begin behind their length.
 */
export type FieldValue =
  | { kind: 'number'; number: number }
  | { kind: 'flag'; set: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'pair'; name: string; text: string }
  | { kind: 'reason'; code: number }
  | { kind: 'bytes'; from: Bytes }
  | { kind: 'secret'; from: Bytes }

/** One field of a packet, and the bytes that it lies in: from `start` to `end`, not included. */
export type PacketField = {
  section: FieldSection
  /** As the specification writes it. */
  name: string
  start: Bytes
  end: Bytes
  value: FieldValue
}
