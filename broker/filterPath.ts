import { filterIssue, parseShared } from '../src/core/topic.ts'
import type { FilterPath } from './subscription.ts'

/** Where the filter leads in the subscription tree, or `undefined` when it is not a filter (§4.7). */
export function filterPath(filter: string): FilterPath | undefined {
  if (filterIssue(filter) !== undefined) return undefined
  const shared = parseShared(filter)
  return shared === undefined
    ? { levels: filter.split('/') }
    : { levels: shared.filter.split('/'), group: shared.group }
}
