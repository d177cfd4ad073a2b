import type { Site } from '../e2e/server/site.ts'
import { Browser } from './chromium/browser.ts'
import type { Page } from './chromium/page.ts'
import type { BenchPage } from './pages/main.ts'
import type { Options } from './options.ts'
import { PacketSource } from './source/packetSource.ts'

/** What every scenario has at hand. */
export class Lab {
  /** Shorter runs and fewer of them, to see that all works; figures are not worth much then. */
  readonly isQuick: boolean
  /** Whether to show where the time of the engine goes. */
  readonly isProfiled: boolean
  readonly #site: Site
  readonly #sourceProgram: string

  constructor(site: Site, sourceProgram: string, { isQuick, isProfiled }: Options) {
    this.#site = site
    this.#sourceProgram = sourceProgram
    this.isQuick = isQuick
    this.isProfiled = isProfiled
  }

  /** Where the app is. */
  get url(): string {
    return this.#site.url
  }

  /** One of two numbers, by whether this is the quick bench. */
  either(quick: number, full: number): number {
    return this.isQuick ? quick : full
  }

  /** Gives a fresh browser and a fresh packet source to `work`, and ends both after it. */
  async within<Result>(
    work: (browser: Browser, source: PacketSource) => Promise<Result>,
    folder?: string,
  ): Promise<Result> {
    const source = await PacketSource.start(this.#sourceProgram)
    const browser = await Browser.launch(folder)
    try {
      return await work(browser, source)
    } finally {
      await browser.close()
      await source.end()
    }
  }

  /** Opens the page of the bench. */
  openBenchPage(browser: Browser): Promise<Page> {
    return browser.open(`${this.#site.url}bench/index.html`)
  }
}

/** Calls a function of the page of the bench. */
export function call<Name extends keyof BenchPage>(
  page: Page,
  name: Name,
  ...values: Parameters<BenchPage[Name]>
): Promise<Awaited<ReturnType<BenchPage[Name]>>> {
  type Work = (...values: unknown[]) => Awaited<ReturnType<BenchPage[Name]>>
  const work = (called: string, words: unknown[]) => {
    const { bench } = globalThis as unknown as { bench: Record<string, Work> }
    return (bench[called] as Work)(...words)
  }
  return page.evaluate(work, name, values)
}
