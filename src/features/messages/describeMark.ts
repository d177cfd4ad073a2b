import type { Mark } from '@/core/message.ts'
import { formatClock } from '@/i18n/formatTime.ts'
import { t } from '@/i18n/translate.ts'

/** What the log says of itself, in one sentence. */
export function describeMark(mark: Mark): string {
  switch (mark.type) {
    case 'gap':
      return t('message.mark.gap', { from: formatClock(mark.from), to: formatClock(mark.to) })
    case 'session':
      if (mark.present) return t('message.mark.resumed')
      return t(mark.lost ? 'message.mark.lost' : 'message.mark.newSession')
    case 'dropped':
      return t('message.mark.dropped', {
        count: mark.count,
        from: formatClock(mark.from),
        to: formatClock(mark.to),
        reason: mark.reason,
      })
  }
}
