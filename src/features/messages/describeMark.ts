import type { Mark } from '@/core/message.ts'
import type { EpochMs } from '@/core/units.ts'
import { describeQueue } from '@/i18n/describeSession.ts'
import { formatClock, type Zone } from '@/i18n/formatTime.ts'
import { t } from '@/i18n/translate.ts'

/** What the log says of itself, in one sentence. */
export function describeMark(mark: Mark, zone: Zone): string {
  const clock = (time: EpochMs) => formatClock(time, zone)
  switch (mark.type) {
    case 'gap':
      return t('message.mark.gap', { from: clock(mark.from), to: clock(mark.to) })
    case 'session':
      if (mark.present) return t('message.mark.resumed')
      if (mark.expired) return t('message.mark.expired')
      return t(mark.lost ? 'message.mark.lost' : 'message.mark.newSession')
    case 'queue':
      return describeQueue({ count: mark.count, isOver: true })
    case 'dropped':
      return t('message.mark.dropped', {
        count: mark.count,
        from: clock(mark.from),
        to: clock(mark.to),
        reason: mark.reason,
      })
  }
}
