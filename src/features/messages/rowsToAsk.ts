import type { ViewWindow } from '@/stores/messages.ts'
import type { Range } from './rowPlacement.ts'

/**
 * Which rows to ask the engine for: those that are drawn and, on either side, two screens more, so that
 * they are there before a scroll needs them. `asked` stays, and with it the engine's answer, as long as
 * at least one screen more is in it.
 *
 * `drawn` is `end` while the list follows its end; then the newest rows are wanted, whichever those are.
 */
export function rowsToAsk(
  asked: ViewWindow | undefined,
  drawn: Range | 'end',
  count: number,
  rowsPerScreen: number,
): ViewWindow {
  if (drawn === 'end') {
    const isEnough = asked !== undefined && 'last' in asked && asked.last >= rowsPerScreen * 2
    return isEnough ? asked : { last: rowsPerScreen * 3 }
  }
  const from = Math.max(0, drawn.start - rowsPerScreen)
  const to = Math.min(count, drawn.end + rowsPerScreen)
  const isCovered = asked !== undefined && 'from' in asked && asked.from <= from && asked.to >= to
  if (isCovered) return asked
  return {
    from: Math.max(0, drawn.start - 2 * rowsPerScreen),
    // Rows that arrive meanwhile come along where the window reaches beyond the last one.
    to: drawn.end + 2 * rowsPerScreen,
  }
}
