import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import type { ServerLimits } from '@/core/session.ts'
import { utf8Length } from '@/core/text.ts'
import { topicIssue } from '@/core/topic.ts'
import type { Bytes } from '@/core/units.ts'

/** The largest packet that MQTT can have: 256 MB and its fixed header (MQTT 5.0 §1.5.5). */
const LARGEST_PACKET: Bytes = 268_435_455 + 5

/** Why this message must not be sent to this server, or undefined when it may be (MQTT 5.0 §3.2.2.3). */
export function publishFailure(
  message: OutgoingMessage,
  limits: ServerLimits,
  isMqtt5: boolean,
): PublishFailure | undefined {
  const issue = topicIssue(message.topic)
  if (issue) return { code: 'publish-failed', detail: `topic: ${issue.code}` }
  if (message.qos > limits.maximumQoS) {
    return { code: 'qos-not-supported', maximum: limits.maximumQoS }
  }
  if (message.retain && !limits.retainAvailable) return { code: 'retain-not-supported' }
  const size = publishSize(message, isMqtt5)
  const maximum = limits.maximumPacketSize ?? LARGEST_PACKET
  return size > maximum ? { code: 'packet-too-large', size, maximum } : undefined
}

/** The size of the PUBLISH, without properties, as it goes on the wire. */
function publishSize({ topic, payload, qos }: OutgoingMessage, isMqtt5: boolean): Bytes {
  const rest = 2 + utf8Length(topic) + (qos > 0 ? 2 : 0) + (isMqtt5 ? 1 : 0) + payload.length
  return 1 + lengthBytes(rest) + rest
}

/** How many bytes a remaining length takes (MQTT 5.0 §1.5.5). */
function lengthBytes(length: Bytes): Bytes {
  if (length < 0x80) return 1
  if (length < 0x4000) return 2
  return length < 0x20_0000 ? 3 : 4
}
