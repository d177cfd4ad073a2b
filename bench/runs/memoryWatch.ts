import type { Processes } from '../chromium/processes.ts'
import { slope, type Figures } from '../report/statistics.ts'

const STEP = 250
const MEBIBYTE = 1024 * 1024

/** Looks at the memory of the renderer four times a second. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout
  readonly #points: [number, number][] = []

  constructor(processes: Processes) {
    const begin = Date.now()
    this.#timer = setInterval(() => {
      this.#points.push([(Date.now() - begin) / 60_000, processes.rendererMemory() / MEBIBYTE])
    }, STEP)
  }

  /** The most, and how it grew in the second half, when caches and heaps have got their size. */
  end(): Figures {
    clearInterval(this.#timer)
    const later = this.#points.slice(Math.floor(this.#points.length / 2))
    return {
      'memory max MiB': Math.max(...this.#points.map(([, size]) => size)),
      'memory slope MiB/min': slope(later),
    }
  }
}
