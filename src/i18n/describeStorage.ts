import type { StorageFailure } from '../core/failure.ts'
import { sentences, type FailureWords } from './failureWords.ts'
import { t } from './translate.ts'

/** The words for a read or write of this browser's storage that failed. */
export function describeStorage({ what, cause, detail }: StorageFailure): FailureWords {
  return {
    title: t(`failure.storage.${what}`),
    advice: sentences(
      t(`failure.storage.${cause}`, { detail }),
      what === 'log' && t('failure.storage.logGoesOn'),
    ),
  }
}
