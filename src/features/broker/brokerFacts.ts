import type { MqttVersion } from '@/core/profile.ts'
import type { ServerLimits } from '@/core/session.ts'
import { formatSize } from '@/i18n/formatSize.ts'
import { formatCount, t, type MessageKey } from '@/i18n/translate.ts'

/** One line of the card: a property of the CONNACK by the specification's name. */
export type BrokerFact = {
  name: string
  value: string
  /** It takes away something that a client might want. */
  isLimit: boolean
}

type Asked = { version: MqttVersion; keepAlive: number; sessionExpiryInterval: number | undefined }

/**
 * What a broker said of itself in its CONNACK, in the order in which it matters to most (MQTT 5.0
 * §3.2.2.3). What it did not say is the default, which is said as well; before MQTT 5 it can say nothing.
 */
export function brokerFacts(limits: ServerLimits, asked: Asked): BrokerFact[] {
  if (asked.version !== '5.0') return []
  const { maximumPacketSize, receiveMaximum, topicAliasMaximum, maximumQoS } = limits
  const keepAlive = limits.serverKeepAlive ?? asked.keepAlive
  const expiry = limits.sessionExpiryInterval ?? asked.sessionExpiryInterval ?? 0
  const isExpiryOther = limits.sessionExpiryInterval !== undefined
  const fact = (key: MessageKey, value: string, isLimit = false) => [
    { name: t(key), value, isLimit },
  ]
  const said = (key: MessageKey, value: string | undefined) =>
    value === undefined ? [] : fact(key, value)
  const feature = (key: MessageKey, isThere: boolean) =>
    fact(key, t(isThere ? 'brokerCard.yes' : 'brokerCard.no'), !isThere)
  return [
    ...fact('brokerCard.maximumQoS', String(maximumQoS), maximumQoS < 2),
    ...feature('brokerCard.retainAvailable', limits.retainAvailable),
    ...feature('brokerCard.wildcardAvailable', limits.wildcardAvailable),
    ...feature('brokerCard.sharedAvailable', limits.sharedAvailable),
    ...feature('brokerCard.identifiersAvailable', limits.subscriptionIdentifiersAvailable),
    ...(maximumPacketSize === undefined
      ? fact('brokerCard.maximumPacketSize', t('brokerCard.noLimit'))
      : fact('brokerCard.maximumPacketSize', formatSize(maximumPacketSize), true)),
    ...fact('brokerCard.receiveMaximum', formatCount(receiveMaximum)),
    ...(topicAliasMaximum === 0
      ? fact('brokerCard.topicAliasMaximum', t('brokerCard.none'), true)
      : fact('brokerCard.topicAliasMaximum', formatCount(topicAliasMaximum))),
    ...fact(
      'brokerCard.keepAlive',
      t('brokerCard.seconds', { seconds: keepAlive }),
      limits.serverKeepAlive !== undefined,
    ),
    ...fact('brokerCard.sessionExpiry', expiryWords(expiry), isExpiryOther),
    ...said('brokerCard.assignedClientId', limits.assignedClientId),
    ...said('brokerCard.responseInformation', limits.responseInformation),
    ...said('brokerCard.serverReference', limits.serverReference),
    ...said('brokerCard.authenticationMethod', limits.authenticationMethod),
    ...said('brokerCard.reasonString', limits.reasonString),
    ...(limits.userProperties ?? []).map(({ name, value }) => ({ name, value, isLimit: false })),
  ]
}

/** The largest number means for ever (§3.1.2.11.2). */
function expiryWords(seconds: number): string {
  if (seconds === 0xffff_ffff) return t('brokerCard.forEver')
  return seconds === 0 ? t('brokerCard.atOnce') : t('brokerCard.seconds', { seconds })
}
