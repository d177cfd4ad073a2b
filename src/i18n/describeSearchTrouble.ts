import type { StorageFailure } from '../core/failure.ts'
import { describeStorage } from './describeStorage.ts'
import { t } from './translate.ts'

/** Why a search ended before it was done: it took too long, could not run, or the log not be read. */
export function describeSearchTrouble(trouble: 'silent' | 'broken' | StorageFailure): string {
  if (typeof trouble === 'string') return t(`search.${trouble}`)
  const { title, advice } = describeStorage(trouble)
  return `${title} ${advice}`
}
