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

/** Hands the bytes to the browser as a download. */
export function savePayload(bytes: Uint8Array, fileName: string): void {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)]))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
