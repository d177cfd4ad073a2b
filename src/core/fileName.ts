import type { EpochMs } from './units.ts'

/** Characters of each part; all file systems take names of 255 bytes. */
const LONGEST_PART = 80

/**
 * A name for a file: its parts with what a file system may refuse replaced by `_`, each cut to 80
 * characters, then the time in UTC, and the extension. Any text will do as a part, also an empty one.
 */
export function fileName(parts: readonly string[], time: EpochMs, extension: string): string {
  const stamp = new Date(time).toISOString().replace(/[:.]/g, '-')
  return `${[...parts.map(safePart), stamp].join('_')}.${extension}`
}

function safePart(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}.-]+/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, LONGEST_PART)
}
