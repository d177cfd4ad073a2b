import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import type { QoS } from '../../message.ts'

/** Any text but half a surrogate pair: empty, with U+0000, with a byte order mark, of several scripts. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '\uFEFFmark', 'Größe', '温度', '🌡️'),
)

export const topic = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((all) => !/[+#\0]/.test(all)),
  fc.constant('plant/1/temperature'),
)

export const filter = fc.oneof(text, fc.constantFrom('#', '+/a', '$share/group/a'))

/** Sizes on both sides of the place where a Remaining Length takes a second byte are among them. */
export const binary = fc
  .oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 100, maxLength: 140 }))
  .map((bytes) => Buffer.from(bytes))

export const packetId = fc.integer({ min: 1, max: 65_535 })

export const qos = fc.constantFrom<QoS>(0, 1, 2)

/** An object in which any of the values may be missing. */
export function some<Values extends object>(values: {
  [Name in keyof Values]: fc.Arbitrary<Values[Name]>
}): fc.Arbitrary<Partial<Values>> {
  // fast-check's own type for it says the same, in a way that cannot be told for any object.
  return fc.record(values, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<Values>>
}
