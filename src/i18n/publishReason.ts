import type { PublishOutcome, QoS } from '../core/message.ts'
import type { ReasonAt } from '../core/reasonCode.ts'
import { reasonWords, type ReasonWords } from './reasonWords.ts'

type Answered = Extract<PublishOutcome, { reasonCode: number }>

/** MQTT 5.0 §3.7.2.1: of the answers to a message of QoS 2 only PUBCOMP may say so. */
const PACKET_IDENTIFIER_NOT_FOUND = 0x92

/**
 * What the broker's answer to a published message says, in words. Only MQTT 5 has reason codes in the
 * answers to a PUBLISH.
 */
export function publishReason(outcome: Answered, qos: QoS): ReasonWords {
  const at: ReasonAt = { code: outcome.reasonCode, packet: packetOf(outcome, qos), version: '5.0' }
  return reasonWords(at, 'reasonString' in outcome ? outcome.reasonString : undefined)
}

function packetOf({ reasonCode }: Answered, qos: QoS): 'PUBACK' | 'PUBREC' | 'PUBCOMP' {
  if (qos < 2) return 'PUBACK'
  return reasonCode === PACKET_IDENTIFIER_NOT_FOUND ? 'PUBCOMP' : 'PUBREC'
}
