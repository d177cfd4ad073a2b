import { computed, type Ref } from 'vue'
import { fitColumns } from './fitColumns.ts'
import type { Pixels } from './rowPlacement.ts'
import { useColumnWidths } from './useColumnWidths.ts'

/** The columns of a table that is as wide as `width`; `tracks` is what its grid needs of them. */
export function useTableColumns(width: Readonly<Ref<Pixels>>) {
  const { widths, resize, reset } = useColumnWidths()
  const columns = computed(() => fitColumns(width.value, widths.value))
  const shown = computed(() => new Set(columns.value.map(({ name }) => name)))
  const tracks = computed(() =>
    columns.value
      .map((column) => ('width' in column ? `${column.width}px` : 'minmax(0, 1fr)'))
      .join(' '),
  )
  return { columns, shown, tracks, resize, reset }
}
