import type { Pixels } from './rowPlacement.ts'

/** The columns of the table, in their order. The payload takes what the others leave. */
const COLUMNS = ['time', 'direction', 'topic', 'payload', 'qos', 'retain', 'size'] as const

export type ColumnName = (typeof COLUMNS)[number]

/** The columns that have a width of their own, which the reader can change. */
export const SIZED_COLUMNS = ['time', 'topic', 'qos', 'retain', 'size'] as const

export type SizedColumn = (typeof SIZED_COLUMNS)[number]

export type ColumnWidths = Record<SizedColumn, Pixels>

export const DEFAULT_WIDTHS: ColumnWidths = {
  time: 104,
  topic: 232,
  qos: 48,
  retain: 80,
  size: 76,
}

/** Below this a column says nothing any more. */
export const MIN_WIDTHS: ColumnWidths = { time: 72, topic: 96, qos: 36, retain: 48, size: 48 }

/** It holds a sign, which needs no more and no less. */
const DIRECTION_WIDTH: Pixels = 28

/** With less than this for the payload, columns that say little go. */
const GOOD_PAYLOAD: Pixels = 200

/** With less than this, others become narrower. */
const MIN_PAYLOAD: Pixels = 132

/** What goes in a narrow list, the first one first: the detail of a message says it too. */
const SPARED: readonly SizedColumn[] = ['retain', 'qos', 'size']

export type Column =
  | { name: 'payload' }
  | { name: 'direction'; width: Pixels }
  /** It can be made at most `max` wide, because the payload keeps some room. */
  | { name: SizedColumn; width: Pixels; max: Pixels }

/** The columns that a table of this width shows, when the reader wants them as wide as `wanted`. */
export function fitColumns(width: Pixels, wanted: ColumnWidths): Column[] {
  // A topic that was made wide must not drive the others out: it gives way itself.
  const modest = { ...wanted, topic: Math.min(wanted.topic, DEFAULT_WIDTHS.topic) }
  const shown = new Set<ColumnName>(COLUMNS)
  for (const name of SPARED) {
    if (restOf(width, modest, shown) < GOOD_PAYLOAD) shown.delete(name)
  }
  const fitted = { ...wanted }
  for (const name of ['topic', 'time'] as const) {
    const missing = Math.max(0, MIN_PAYLOAD - restOf(width, fitted, shown))
    fitted[name] = Math.max(Math.min(MIN_WIDTHS[name], wanted[name]), fitted[name] - missing)
  }
  const spare = Math.max(0, restOf(width, fitted, shown) - MIN_PAYLOAD)
  return COLUMNS.filter((name) => shown.has(name)).map((name) => {
    if (name === 'payload') return { name }
    if (name === 'direction') return { name, width: DIRECTION_WIDTH }
    return { name, width: fitted[name], max: Math.max(MIN_WIDTHS[name], fitted[name] + spare) }
  })
}

/** What is left for the payload. */
function restOf(width: Pixels, widths: ColumnWidths, shown: ReadonlySet<ColumnName>): Pixels {
  const taken = SIZED_COLUMNS.filter((name) => shown.has(name)).map((name) => widths[name])
  return taken.reduce((rest, each) => rest - each, width - DIRECTION_WIDTH)
}
