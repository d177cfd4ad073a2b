import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findChromium } from '../../scripts/programs.mjs'
import { DevTools } from './devTools.ts'
import { Page } from './page.ts'
import { Processes } from './processes.ts'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--window-size=1440,900',
  '--lang=en-US',
  '--remote-debugging-port=0',
]

const START_TIMEOUT = 30_000

/** A Chromium of the bench's own. */
export class Browser {
  readonly devTools: DevTools
  readonly processes: Processes
  /** What it keeps on disk. */
  readonly folder: string
  readonly #child: ChildProcess
  readonly #isFolderOurs: boolean

  private constructor(
    child: ChildProcess,
    devTools: DevTools,
    folder: string,
    isFolderOurs: boolean,
  ) {
    this.#child = child
    this.devTools = devTools
    this.folder = folder
    this.processes = new Processes(folder)
    this.#isFolderOurs = isFolderOurs
  }

  /** Which Chromium it is, as `156.0.8078.108`. */
  static async version(): Promise<string> {
    const browser = await Browser.launch()
    const { product } = await browser.devTools.send<{ product: string }>('Browser.getVersion')
    await browser.close()
    return product.split('/').at(-1) ?? product
  }

  /** Starts it with a fresh profile, or with that of the folder, which then stays. */
  static async launch(folder?: string): Promise<Browser> {
    const program = findChromium()
    if (program === undefined)
      throw new Error('There is no whole Chromium: install it, or name it in CHROMIUM_PATH')
    const place = folder ?? (await makeFolder())
    const portFile = path.join(place, 'DevToolsActivePort')
    await rm(portFile, { force: true })
    const child = spawn(program, [...FLAGS, `--user-data-dir=${place}`, 'about:blank'], {
      stdio: 'ignore',
    })
    process.once('exit', () => child.kill('SIGKILL'))
    const deadline = Date.now() + START_TIMEOUT
    for (;;) {
      const [port, address] = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')
      if (port && address) {
        const devTools = await DevTools.connect(`ws://127.0.0.1:${port}${address}`)
        return new Browser(child, devTools, place, folder === undefined)
      }
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL')
        throw new Error('Chromium did not start')
      }
      await wait(20)
    }
  }

  /** Opens a tab, in front of the others. `script` runs in it before anything else. */
  async open(url: string, script?: () => void): Promise<Page> {
    const { targetId } = await this.devTools.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
    })
    const page = await Page.attach(this.devTools, targetId)
    if (script) {
      const source = `(${String(script)})()`
      await page.send('Page.addScriptToEvaluateOnNewDocument', { source })
    }
    await page.navigate(url)
    return page
  }

  /** Ends it the orderly way, and removes its folder unless it was given. */
  async close(): Promise<void> {
    await this.devTools.send('Browser.close').catch(() => undefined)
    await this.#end()
  }

  /** SIGKILL to the renderers, the browser and all else of it; the folder stays as it is. */
  async kill(): Promise<void> {
    this.processes.kill('renderer')
    this.#child.kill('SIGKILL')
    await this.#end()
  }

  async #end(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) {
      const isOver = await Promise.race([once(this.#child, 'exit'), wait(10_000)])
      if (!isOver) this.#child.kill('SIGKILL')
    }
    this.devTools.close()
    await this.processes.gone()
    if (this.#isFolderOurs) await removeFolder(this.folder)
  }
}

/** A place for a profile that outlives a browser. */
export function makeFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'mqtab-bench-profile-'))
}

/** Removes such a place. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
