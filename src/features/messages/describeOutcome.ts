import type { PublishOutcome, QoS } from '@/core/message.ts'
import type { ReasonAt } from '@/core/reasonCode.ts'
import { reasonWords, type ReasonWords } from '@/i18n/reasonWords.ts'
import { t } from '@/i18n/translate.ts'

/** A published message and what became of it. */
export type Published = { qos: QoS; outcome?: PublishOutcome }

type Answered = Extract<PublishOutcome, { reasonCode: number }>

/** MQTT 5.0 §3.4.2.1: the broker took the message, and nobody has subscribed to its topic. */
const NO_MATCHING_SUBSCRIBERS = 0x10

/** MQTT 5.0 §3.7.2.1: of the answers to a message of QoS 2 only PUBCOMP may say so. */
const PACKET_IDENTIFIER_NOT_FOUND = 0x92

/** What became of a published message, in a few words; undefined where that is not known. */
export function describeOutcome({ qos, outcome }: Published): string | undefined {
  switch (outcome?.state) {
    case undefined:
      return undefined
    case 'pending':
      return t('message.outcome.pending')
    case 'sent':
      return t('message.outcome.sent')
    case 'acknowledged':
      return outcome.reasonCode === NO_MATCHING_SUBSCRIBERS
        ? t('message.outcome.noSubscribers')
        : t('message.outcome.acknowledged')
    case 'refused':
      return t('message.outcome.refused', { reason: wordsOf(outcome, qos).name })
    case 'unacknowledged':
      return t('message.outcome.unacknowledged')
  }
}

/** What the broker's reason code says, and its own words; undefined where there is none but success. */
export function describeAnswer({ qos, outcome }: Published): string | undefined {
  if (outcome?.state !== 'refused' && outcome?.state !== 'acknowledged') return undefined
  if (outcome.reasonCode === 0) return undefined
  const { name, text } = wordsOf(outcome, qos)
  return `${name}. ${text}`
}

/** Only MQTT 5 has reason codes in the answers to a PUBLISH. */
function wordsOf(outcome: Answered, qos: QoS): ReasonWords {
  const at: ReasonAt = { code: outcome.reasonCode, packet: packetOf(outcome, qos), version: '5.0' }
  return reasonWords(at, 'reasonString' in outcome ? outcome.reasonString : undefined)
}

function packetOf({ reasonCode }: Answered, qos: QoS): 'PUBACK' | 'PUBREC' | 'PUBCOMP' {
  if (qos < 2) return 'PUBACK'
  return reasonCode === PACKET_IDENTIFIER_NOT_FOUND ? 'PUBCOMP' : 'PUBREC'
}
