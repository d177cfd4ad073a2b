import { reasonWords } from '@/i18n/reasonWords.ts'
import { t } from '@/i18n/translate.ts'
import type { Uncovered } from './coverTopic.ts'

/**
 * Why nothing was sent though the fields are right, to stand beside the response topic; undefined where
 * there is no connection any more, which is said of the whole form.
 */
export function describeUncovered(uncovered: Uncovered): string | undefined {
  switch (uncovered.state) {
    case 'refused': {
      const { reasonCode: code, reasonString } = uncovered
      const { name, text } = reasonWords({ code, packet: 'SUBACK', version: '5.0' }, reasonString)
      return t('request.refused', { reason: name, text })
    }
    case 'gone':
      return t('request.gone')
    case 'offline':
      return undefined
  }
}
