import { inject, provide, shallowRef, watchEffect, type InjectionKey, type Ref } from 'vue'
import type { PayloadType } from '@/core/draft.ts'
import { topicPart, type Hit } from '@/core/search/hitsIn.ts'
import type { Search } from '@/core/search/search.ts'
import { useSearches } from '@/stores/searches.ts'

const key: InjectionKey<Readonly<Ref<Search | undefined>>> = Symbol('search')

const NONE: readonly Hit[] = []

/** Whether a payload that is shown as this type has its own characters on the screen. */
export function isReadable(type: PayloadType): boolean {
  return type === 'json' || type === 'plaintext'
}

/** Makes what is searched for known to everything below that shows text of messages. */
export function provideSearch(search: Readonly<Ref<Search | undefined>>): void {
  provide(key, search)
}

/**
 * Where a text has what is searched for; nothing while `text` is undefined. Hits of regular expressions
 * come a moment later than those of words.
 */
export function useSearchHits(text: () => string | undefined): Readonly<Ref<readonly Hit[]>> {
  return useHits(text, (search) => search)
}

/** The same in a topic. */
export function useTopicHits(topic: () => string): Readonly<Ref<readonly Hit[]>> {
  return useHits(topic, topicPart)
}

function useHits(
  text: () => string | undefined,
  part: (search: Search) => Search,
): Readonly<Ref<readonly Hit[]>> {
  const search = inject(key, undefined)
  const searches = useSearches()
  const hits = shallowRef(NONE)
  let turn = 0
  watchEffect(() => {
    turn += 1
    const current = turn
    const [wanted, shown] = [search?.value, text()]
    if (!wanted || shown === undefined) {
      hits.value = NONE
      return
    }
    searches.mark(part(wanted), shown, (next) => {
      if (current === turn) hits.value = next
    })
  })
  return hits
}
