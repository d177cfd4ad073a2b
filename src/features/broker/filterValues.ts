import type { SysValue } from '@/core/brokerStatus/sysValue.ts'

/** The values whose topic or text has this in it, in capitals or not; all where it is empty. */
export function filterValues(values: readonly SysValue[], text: string): readonly SysValue[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return values
  return values.filter((value) => `${value.topic}\n${value.text}`.toLowerCase().includes(wanted))
}
