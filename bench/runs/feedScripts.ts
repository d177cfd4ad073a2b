/** What runs in the app's page to watch its list, each function holding all that it needs. */

export type Blanks = {
  /** Milliseconds for which some of the list was without rows. */
  longest: number
  /** Tasks of more than 50 ms. */
  tasks: number[]
  frames: number
  /** Rows that were passed. */
  distance: number
}

/** Scrolls the list to a part of its height and gives the milliseconds until rows from there are drawn. */
export function jumpTo(part: number): Promise<number> {
  const feed = document.querySelector<HTMLElement>('[role=feed]')
  if (!feed) throw new Error('There is no list')
  const placeOfFirst = () => feed.querySelector('article')?.getAttribute('aria-posinset')
  const before = placeOfFirst()
  const begin = performance.now()
  feed.scrollTop = part * (feed.scrollHeight - feed.clientHeight)
  return new Promise((resolve, reject) => {
    const look = () => {
      const { top, height } = feed.getBoundingClientRect()
      const isCovered = [0.1, 0.5, 0.9].every((place) => {
        return document.elementFromPoint(600, top + place * height)?.closest('article') !== null
      })
      if (placeOfFirst() !== before && isCovered) {
        // Drawn by the end of the frame that this callback belongs to.
        resolve(performance.now() - begin)
      } else if (performance.now() - begin > 5_000) reject(new Error('No rows came'))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** Watches from now on whether the list shows rows wherever it should. */
export function blankWatch(): void {
  const feed = document.querySelector<HTMLElement>('[role=feed]')
  if (!feed) throw new Error('There is no list')
  const placeOfFirst = () => Number(feed.querySelector('article')?.getAttribute('aria-posinset'))
  const first = placeOfFirst()
  const blanks: Blanks = { longest: 0, tasks: [], frames: 0, distance: 0 }
  ;(globalThis as { benchBlanks?: Blanks }).benchBlanks = blanks
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blanks.tasks.push(duration)
  }).observe({ type: 'longtask' })
  let blankSince: number | undefined
  const look = (time: number) => {
    const { top, height } = feed.getBoundingClientRect()
    const isCovered = [0.05, 0.5, 0.95].every((place) => {
      return document.elementFromPoint(600, top + place * height)?.closest('article') !== null
    })
    blankSince = isCovered ? undefined : (blankSince ?? time)
    blanks.longest = Math.max(blanks.longest, time - (blankSince ?? time))
    blanks.frames += 1
    blanks.distance = Math.abs(placeOfFirst() - first)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
