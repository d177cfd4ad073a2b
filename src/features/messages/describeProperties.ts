import type { PublishProperties } from '@/core/message.ts'
import { formatHex } from '@/core/payload/hex.ts'
import { revealText } from '@/core/payload/revealText.ts'
import { decodeUtf8 } from '@/core/text.ts'
import { t } from '@/i18n/translate.ts'

/** One property of a PUBLISH: `user` ones have a name that the sender chose. */
export type PropertyLine = { name: string; value: string; isUser: boolean }

/**
 * The MQTT 5 properties of a message in the order of the specification, user properties last, in theirs
 * and with their repeats. A topic alias is left out: it only says how the topic was sent.
 */
export function describeProperties(properties: PublishProperties): PropertyLine[] {
  const { payloadFormatIndicator, messageExpiryInterval, correlationData } = properties
  const lines: PropertyLine[] = []
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) lines.push({ name, value, isUser: false })
  }
  add(t('message.property.contentType'), properties.contentType)
  add(t('message.property.responseTopic'), properties.responseTopic)
  add(t('message.property.correlation'), correlationData && showBytes(correlationData))
  if (payloadFormatIndicator !== undefined) {
    const isText = payloadFormatIndicator === 1
    const key = isText ? 'message.property.formatText' : 'message.property.formatBytes'
    add(t('message.property.payloadFormat'), t(key))
  }
  if (messageExpiryInterval !== undefined) {
    const seconds = t('message.property.seconds', { seconds: messageExpiryInterval })
    add(t('message.property.expiry'), seconds)
  }
  add(t('message.property.subscriptionIdentifier'), properties.subscriptionIdentifiers?.join(', '))
  for (const { name, value } of properties.userProperties ?? []) {
    lines.push({ name, value, isUser: true })
  }
  return lines
}

/** Correlation data is bytes; most of it is text that can be read. */
function showBytes(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes)
  const isReadable = text !== undefined && revealText(text).every(({ kind }) => kind === 'plain')
  return isReadable ? text : `0x ${formatHex(bytes)}`
}
