import { parser, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { encodeAuth } from './auth.ts'

function read(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = []
  const reader = parser({ protocolVersion: 5 })
  reader.on('packet', (packet) => packets.push(packet))
  reader.parse(Buffer.from(bytes))
  return packets
}

test.each([0, 1, 100, 127, 128, 20_000, 65_535])(
  '[AU4] an AUTH with data of %i bytes is read back as it was',
  (size) => {
    const authenticationData = Buffer.alloc(size, 7)
    const [packet, ...others] = read(encodeAuth('SCRAM-SHA-1', authenticationData))
    expect(others).toEqual([])
    expect(packet).toMatchObject({
      cmd: 'auth',
      reasonCode: 0x18,
      properties: { authenticationMethod: 'SCRAM-SHA-1' },
    })
    // Vitest compares each byte as a value of its own, which takes seconds for so many.
    const data = packet?.cmd === 'auth' ? packet.properties?.authenticationData : undefined
    expect(data?.equals(authenticationData)).toBe(true)
  },
)
