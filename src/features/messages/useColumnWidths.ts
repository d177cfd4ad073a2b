import { shallowRef, type ShallowRef } from 'vue'
import {
  DEFAULT_WIDTHS,
  MIN_WIDTHS,
  SIZED_COLUMNS,
  type ColumnWidths,
  type SizedColumn,
} from './fitColumns.ts'
import type { Pixels } from './rowPlacement.ts'

const KEY = 'mqtab.columns'

/** How wide the reader wants the columns of the table. */
export type RememberedWidths = {
  widths: Readonly<ShallowRef<ColumnWidths>>
  resize: (column: SizedColumn, width: Pixels) => void
  /** Gives a column the width that it had in the beginning. */
  reset: (column: SizedColumn) => void
}

/**
 * The wanted widths, kept in this browser: they belong to the screen and not to a connection. Where
 * storage is denied they last for the visit.
 */
export function useColumnWidths(): RememberedWidths {
  const widths = shallowRef(read())

  function resize(column: SizedColumn, width: Pixels) {
    widths.value = { ...widths.value, [column]: Math.max(MIN_WIDTHS[column], width) }
    write(widths.value)
  }

  return { widths, resize, reset: (column) => resize(column, DEFAULT_WIDTHS[column]) }
}

function read(): ColumnWidths {
  const widths = { ...DEFAULT_WIDTHS }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return widths
    for (const column of SIZED_COLUMNS) {
      const width = (stored as Record<string, unknown>)[column]
      const isWidth = typeof width === 'number' && width >= MIN_WIDTHS[column]
      if (isWidth) widths[column] = width
    }
  } catch {
    // Denied, or written by somebody else.
  }
  return widths
}

function write(widths: ColumnWidths): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(widths))
  } catch {
    // Denied or full: the widths are only a convenience.
  }
}
