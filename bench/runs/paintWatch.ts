import type { Page } from '../chromium/page.ts'
import { quantile, type Figures } from '../report/statistics.ts'

type Seen = {
  /** From each key to the frame after it, and from each frame to the next, in milliseconds. */
  keys: number[]
  frames: number[]
  /** Tasks of more than 50 ms. */
  tasks: number[]
}

type Watched = { benchSeen?: Seen & { end: () => void } }

/** Between two keys; milliseconds. */
const KEY_STEP = 100

/** Types into the app and watches how soon it is painted, and how smoothly the page runs. */
export class PaintWatch {
  readonly #page: Page
  readonly #typing: NodeJS.Timeout
  #keys = 0

  private constructor(page: Page) {
    this.#page = page
    this.#typing = setInterval(() => {
      this.#keys += 1
      // What is typed goes at once, so that the field stays short.
      void page.press(this.#keys % 2 === 1 ? 'a' : 'Backspace').catch(() => undefined)
    }, KEY_STEP)
  }

  /** Begins to type into the topic of the publish pane. */
  static async start(page: Page): Promise<PaintWatch> {
    await page.focus('Topic')
    await page.evaluate(watch)
    return new PaintWatch(page)
  }

  async end(): Promise<Figures> {
    clearInterval(this.#typing)
    const { keys, frames, tasks } = await this.#page.evaluate(seen)
    return {
      'key→paint p50 ms': quantile(keys, 0.5),
      'key→paint p95 ms': quantile(keys, 0.95),
      'key→paint max ms': Math.max(...keys),
      fps: (1000 * frames.length) / frames.reduce((sum, time) => sum + time, 0),
      'longest frame ms': Math.max(...frames),
      'long tasks': tasks.length,
      'longest task ms': Math.max(0, ...tasks),
    }
  }
}

function watch(): void {
  const result: Seen = { keys: [], frames: [], tasks: [] }
  let last = performance.now()
  let isOver = false
  const onFrame = (time: number) => {
    if (isOver) return
    result.frames.push(time - last)
    last = time
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) result.tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
  const onKey = ({ timeStamp }: KeyboardEvent) => {
    requestAnimationFrame(() => {
      // A message is handled after the frame has been drawn.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        result.keys.push(performance.now() - timeStamp)
        port1.close()
      }
      port2.postMessage(0)
    })
  }
  addEventListener('keydown', onKey, { capture: true })
  const end = () => {
    isOver = true
    observer.disconnect()
    removeEventListener('keydown', onKey, { capture: true })
  }
  ;(globalThis as Watched).benchSeen = { ...result, end }
}

function seen(): Seen {
  const { benchSeen } = globalThis as Watched
  if (!benchSeen) throw new Error('Nothing was watched')
  benchSeen.end()
  const { keys, frames, tasks } = benchSeen
  // The first frame is reckoned from the start of the watch.
  return { keys, frames: frames.slice(1), tasks }
}
