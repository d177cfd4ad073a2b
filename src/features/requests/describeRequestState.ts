import type { QoS } from '@/core/message.ts'
import type { RequestState } from '@/core/requests/requestState.ts'
import type { Seconds } from '@/core/units.ts'
import { publishReason } from '@/i18n/publishReason.ts'
import { t } from '@/i18n/translate.ts'

/** A request's state in a few words, how it is coloured, and a sentence where there is more to say. */
export type StateWords = {
  words: string
  tone: 'accent' | 'good' | 'warn' | 'danger'
  text?: string
}

/** What to say of a request that was sent with this QoS and time-out. */
export function describeRequestState(
  request: RequestState,
  { qos, timeout }: { qos: QoS; timeout: Seconds },
): StateWords {
  switch (request.state) {
    case 'waiting':
      return { words: t('request.state.waiting'), tone: 'accent' }
    case 'answered': {
      const { count } = request
      const words =
        count === 1 ? t('request.state.oneAnswer') : t('request.state.answers', { count })
      return { words, tone: 'good' }
    }
    case 'unanswered':
      return { words: t('request.state.unanswered', { seconds: timeout }), tone: 'warn' }
    case 'nobody':
      return { words: t('request.state.nobody'), tone: 'warn', text: t('request.state.nobodyText') }
    case 'refused': {
      const { name, text } = publishReason(request.outcome, qos)
      return { words: t('request.state.refused', { reason: name }), tone: 'danger', text }
    }
  }
}
