/**
 * The beginning of a text that takes at most `maxLines` lines, when a line has room for `columns`
 * characters and longer ones are broken. Never ends within a surrogate pair.
 */
export function cutLines(text: string, maxLines: number, columns: number): string {
  let start = 0
  for (let left = maxLines; start < text.length;) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    const lines = Math.max(1, Math.ceil((end - start) / columns))
    if (lines > left) return text.slice(0, wholeEnd(text, start + left * columns))
    left -= lines
    start = end + 1
    if (left === 0) return text.slice(0, end)
  }
  return text
}

function wholeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1)
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end
}
