import type { Site } from '../e2e/server/site.ts'
import { Browser, removeFolder } from './chromium/browser.ts'
import type { Page } from './chromium/page.ts'
import { fillProfile, type FilledProfile } from './filledProfile.ts'
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
  /** The program of the packet source. */
  readonly sourceProgram: string
  readonly #filled = new Map<number, Promise<FilledProfile>>()

  constructor(site: Site, sourceProgram: string, { isQuick, isProfiled }: Options) {
    this.#site = site
    this.sourceProgram = sourceProgram
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
    const source = await PacketSource.start(this.sourceProgram)
    const browser = await Browser.launch(folder)
    try {
      return await work(browser, source)
    } finally {
      await browser.close()
      await source.end()
    }
  }

  /** The profile with so many messages, which is filled when it is first asked for. */
  filled(count: number): Promise<FilledProfile> {
    const known = this.#filled.get(count)
    if (known) return known
    const filling = this.#fill(count)
    this.#filled.set(count, filling)
    return filling
  }

  /** Removes what it has made. */
  async close(): Promise<void> {
    for (const filling of this.#filled.values()) {
      const profile = await filling.catch(() => undefined)
      if (profile) await removeFolder(profile.folder)
    }
  }

  async #fill(count: number): Promise<FilledProfile> {
    const source = await PacketSource.start(this.sourceProgram)
    try {
      return await fillProfile(source, this.url, count)
    } finally {
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
