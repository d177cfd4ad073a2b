import type { ControlPacket } from '@/core/packet/controlPacket.ts'
import type { PacketField } from '@/core/packet/packetField.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { revealText } from '@/core/payload/revealText.ts'
import { decodeUtf8 } from '@/core/text.ts'
import { t } from '@/i18n/translate.ts'
import { describeCode } from './describeCode.ts'

/** A payload in a line: so much of it. */
const GLIMPSE = 120

/** What a field of a packet says, in one line. */
export function describeValue(
  { value, end }: PacketField,
  { packet, version, bytes }: { packet: ControlPacket; version: MqttVersion; bytes: Uint8Array },
): string {
  switch (value.kind) {
    case 'number':
      return String(value.number)
    case 'flag':
      return value.set ? t('packet.detail.set') : t('packet.detail.notSet')
    case 'text':
      return value.text === '' ? t('packet.detail.noBytes') : value.text
    case 'pair':
      return `${value.name}: ${value.text}`
    case 'reason':
      return describeCode(value.code, packet, version)
    case 'secret':
      return t('packet.detail.secret')
    case 'bytes':
      return glimpse(bytes.subarray(value.from, end))
  }
}

function glimpse(bytes: Uint8Array): string {
  if (bytes.length === 0) return t('packet.detail.noBytes')
  const text = decodeUtf8(bytes)
  if (text === undefined) return t('packet.detail.bytesOf', { size: bytes.length })
  const shown = revealText(text.slice(0, GLIMPSE))
    .map((piece) => piece.text)
    .join('')
  return text.length > GLIMPSE ? `${shown}…` : shown
}
