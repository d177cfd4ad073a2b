import type { PayloadType } from '@/core/draft.ts'
import type { EpochMs } from '@/core/units.ts'

const EXTENSIONS: Record<PayloadType, string> = {
  json: 'json',
  plaintext: 'txt',
  base64: 'bin',
  hex: 'bin',
}

/**
 * A file name for a payload: its topic with what a file system may refuse replaced by `_`, the time in
 * UTC, and an extension for its type.
 */
export function payloadFileName(topic: string, time: EpochMs, type: PayloadType): string {
  const name = topic
    .replace(/[^\p{L}\p{N}.-]+/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, 80)
  const stamp = new Date(time).toISOString().replace(/[:.]/g, '-')
  return `${name}_${stamp}.${EXTENSIONS[type]}`
}
