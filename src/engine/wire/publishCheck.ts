import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { publishSize } from '@/core/packet/encodePublish.ts'
import type { ServerLimits } from '@/core/session.ts'
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
  const alias = isMqtt5 ? message.properties?.topicAlias : undefined
  if (alias !== undefined && alias > limits.topicAliasMaximum) {
    return { code: 'topic-alias-too-large', maximum: limits.topicAliasMaximum }
  }
  const size = publishSize(message, message.payload.length, isMqtt5)
  const maximum = limits.maximumPacketSize ?? LARGEST_PACKET
  return size > maximum ? { code: 'packet-too-large', size, maximum } : undefined
}
