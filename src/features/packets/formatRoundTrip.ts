import type { Milliseconds } from '@/core/units.ts'
import { t } from '@/i18n/translate.ts'

/** A round trip as `0.4 ms`, `12 ms` or `1,250 ms`; browsers tell time to a tenth of a millisecond. */
export function formatRoundTrip(span: Milliseconds): string {
  const time = span < 10 ? Math.max(0, span).toFixed(1) : Math.round(span)
  return t('packet.roundTrip', { time })
}
