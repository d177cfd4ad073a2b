import { setTimeout as wait } from 'node:timers/promises'
import type { Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import { SETTLING, withColdBrowser } from './coldBrowser.ts'

/** Two letters of the random part: each word is in about one payload of twenty, all over the log. */
const WORD = 'kq'
const OTHER_WORD = 'zj'

/** One of the ten topics. */
const TOPIC = 'topic:+/3'

/** Milliseconds from Enter to the paint. */
type Searched = { first: number; all: number; hits: number }

/** Searches a log of so many messages in browsers that were just started, and once more in the same. */
export async function searchLog(lab: Lab, count: number): Promise<Figures> {
  const [word, other] = await searches(lab, count, [WORD, OTHER_WORD])
  const [topic] = await searches(lab, count, [TOPIC])
  if (!word || !other || !topic) throw new Error('A search did not end')
  return {
    'word: first 100 hits ms': word.first,
    'word: all, cold ms': word.all,
    'word: hits': word.hits,
    'another word: first 100 hits ms': other.first,
    'another word: all, cached ms': other.all,
    'topic: all, cold ms': topic.all,
    'topic: hits': topic.hits,
  }
}

function searches(lab: Lab, count: number, texts: string[]): Promise<Searched[]> {
  return withColdBrowser(lab, count, async (browser, url) => {
    const page = await browser.open(url)
    await page.waitFor('messages', () => document.querySelector('[role=feed] article') !== null)
    await wait(SETTLING)
    // Whoever clicks into the bar starts the worker before typing.
    await page.focus('Search')
    await wait(SETTLING)
    const results: Searched[] = []
    for (const text of texts) results.push(await page.evaluate(search, text))
    return results
  })
}

/**
 * Searches for a text and waits for the first hits and the last. Enter, because otherwise the bar waits
 * for a pause in the typing. Runs in the page.
 */
async function search(text: string): Promise<Searched> {
  const field = document.querySelector<HTMLInputElement>('[role=search] input')
  const status = document.querySelector('[role=search] [role=status]')
  if (!field || !status) throw new Error('There is no search bar')
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          port1.close()
          resolve(performance.now())
        }
        port2.postMessage(0)
      })
    })
  const before = status.textContent
  let first = NaN
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  const begin = performance.now()
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  for (;;) {
    const at = await painted()
    const told = status.textContent
    const count = Number.parseInt(told.replaceAll(',', ''))
    if (told === before || Number.isNaN(count)) continue
    const isOver = /^[\d,]+ hits?$/.test(told)
    if (Number.isNaN(first) && (count >= 100 || isOver)) first = at - begin
    if (isOver) return { first, all: at - begin, hits: count }
    if (at - begin > 60_000) throw new Error(`The search has not ended: ${told}`)
  }
}
