import { expect, test } from 'vitest'
import { decodePubrel } from '@/core/packet/acknowledgement.ts'
import { dissect } from '@/core/packet/dissect.ts'
import { Framer, MalformedPacket, PUBLISH, PUBREL, type Packet } from '@/core/packet/framer.ts'
import { readTopicAlias } from '@/core/packet/properties.ts'
import { decodePublish } from '@/core/packet/publish.ts'
import { TopicTexts } from '@/core/packet/topicTexts.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { decodeServerPacket } from './serverPacket.ts'
import { hostileStream } from './testing/hostileStream.ts'

const PINGRESP = 13

/** Why a wire refuses a packet whatever came before it; undefined where it takes it. */
function refusalOf(packet: Packet, version: MqttVersion): string | undefined {
  return malformedIn(() => {
    if (packet.type === PUBLISH) {
      const { properties, topic } = decodePublish(packet, version === '5.0', new TopicTexts())
      if (readTopicAlias(properties) === 0 && topic === '') throw new MalformedPacket('no topic')
    } else if (packet.type === PUBREL) decodePubrel(packet)
    else if (packet.type !== PINGRESP) decodeServerPacket(packet, version)
  })
}

function malformedIn(act: () => void): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof MalformedPacket) return error.message
    throw error
  }
}

test('[PI2] what a wire refuses is shown as malformed, too', { timeout: 60_000 }, () => {
  const unsaid = new Set<string>()
  let refused = 0
  for (let seed = 0; seed < 5_000; seed += 1) {
    const { version, messages } = hostileStream(seed)
    const framer = new Framer()
    const bytes = messages.filter((message) => typeof message !== 'string')
    malformedIn(() => {
      for (const message of bytes) {
        framer.push(message, (packet) => {
          const refusal = refusalOf(packet, version)
          if (refusal === undefined) return
          refused += 1
          const { fault } = dissect(packet.bytes, packet.bytes.length, version)
          // A server must not send what a client may.
          const isOfClient = refusal.endsWith('from a server')
          if (!fault && !isOfClient) unsaid.add(`${refusal}: ${packet.bytes.join(' ')}`)
        })
      }
    })
  }
  expect(refused).toBeGreaterThan(500)
  expect([...unsaid]).toEqual([])
})
