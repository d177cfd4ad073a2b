import type { PayloadType } from '@/core/draft.ts'
import { fileName } from '@/core/fileName.ts'
import type { EpochMs } from '@/core/units.ts'

const EXTENSIONS: Record<PayloadType, string> = {
  json: 'json',
  plaintext: 'txt',
  base64: 'bin',
  hex: 'bin',
}

/** A file name for a payload: its topic, its time, and an extension for its type. */
export function payloadFileName(topic: string, time: EpochMs, type: PayloadType): string {
  return fileName([topic], time, EXTENSIONS[type])
}
