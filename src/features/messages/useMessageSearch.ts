import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import type { Direction } from '@/core/message.ts'
import { parseSearch } from '@/core/search/parseSearch.ts'
import type { Search, SearchIssue, SearchTerm } from '@/core/search/search.ts'
import type { Milliseconds } from '@/core/units.ts'
import { useSearches } from '@/stores/searches.ts'
import { localTime } from './localTime.ts'

/** So long a pause in typing is taken for the end of it. */
const PAUSE: Milliseconds = 200

export type MessageSearchOptions = {
  connection: () => ConnectionId
  direction: () => Direction | undefined
  topicFilter: () => string | undefined
}

/**
 * The search of one pane: what is typed, what is wrong with it, and the search that runs, in which the
 * pane's other filters are terms like those that are typed. A text with a mistake leaves the last search.
 */
export function useMessageSearch({ connection, direction, topicFilter }: MessageSearchOptions) {
  const searches = useSearches()
  const text = computed({
    get: () => searches.textOf(connection()),
    set: (next) => searches.setText(connection(), next),
  })
  const issue = shallowRef<SearchIssue & { text: string }>()
  /** What was typed, without the other filters; undefined when nothing is searched for. */
  const typed = shallowRef<Search>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Reads what was typed, without waiting for a pause. */
  function readNow() {
    clearTimeout(timer)
    const parsed = parseSearch(text.value, localTime())
    if ('code' in parsed) {
      issue.value = { ...parsed, text: text.value }
      return
    }
    issue.value = undefined
    typed.value = parsed.terms.length > 0 ? parsed : undefined
  }

  const search = computed<Search | undefined>(() => {
    if (!typed.value) return undefined
    return { terms: [...typed.value.terms, ...filterTerms(direction(), topicFilter())] }
  })

  watch(text, (next) => {
    clearTimeout(timer)
    if (next.trim() === '') readNow()
    else timer = setTimeout(readNow, PAUSE)
  })
  watch(
    search,
    (next) => {
      if (next) searches.begin(connection(), next)
      else searches.end()
    },
    { flush: 'sync' },
  )
  /** The field has the focus: soon something will be searched for. */
  function expectTyping() {
    searches.warmUp(connection())
  }

  /** It has lost it; what is searched for goes on. */
  function stopExpecting() {
    if (!search.value) searches.end()
  }

  readNow()
  onScopeDispose(() => {
    clearTimeout(timer)
    searches.end()
  })

  return { text, issue, typed, search, readNow, expectTyping, stopExpecting }
}

function filterTerms(
  direction: Direction | undefined,
  topicFilter: string | undefined,
): SearchTerm[] {
  const terms: SearchTerm[] = []
  if (direction) terms.push({ kind: 'direction', direction, negated: false })
  if (topicFilter !== undefined) terms.push({ kind: 'topic', filter: topicFilter, negated: false })
  return terms
}
