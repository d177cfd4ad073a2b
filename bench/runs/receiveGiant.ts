import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { App } from '../app.ts'
import { Profile } from '../chromium/profile.ts'
import { call, type Lab } from '../lab.ts'
import type { Figures } from '../report/statistics.ts'
import { integrity } from './integrity.ts'
import { MemoryWatch } from './memoryWatch.ts'
import { PaintWatch } from './paintWatch.ts'

const SAVE_TIMEOUT = 30_000

/** Receives one message with a very large payload, opens it and saves it. */
export function receiveGiant(lab: Lab, size: number): Promise<Figures> {
  return lab.within(async (browser, source) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mqtab-bench-saved-'))
    const app = new App(await browser.open(lab.url))
    const { page } = app
    await app.connect({ port: source.port })
    await app.subscribe('#', 0)
    await browser.devTools.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: folder,
    })
    const memory = new MemoryWatch(browser.processes)
    const watch = await PaintWatch.start(page)
    const { startedAt, finishedAt } = await source.giant(size)
    const { at } = await app.settled(1, 60_000)
    await page.waitFor('a row with its size', () => {
      return /\d MB/.test(document.querySelector('[role=feed] article')?.textContent ?? '')
    })
    const painted = await watch.end()

    const profile = lab.isProfiled ? await Profile.ofPage(page) : undefined
    const opening = await PaintWatch.start(page)
    const openedAt = Date.now()
    await page.click('Details')
    await page.waitFor('the payload', () => {
      return (
        (document.querySelector('dialog[open] pre, [role=dialog] pre')?.textContent ?? '').length >
        500
      )
    })
    const openTime = Date.now() - openedAt
    if (profile) console.log(await profile.end())
    const length = await page.evaluate(
      () => document.querySelector('dialog[open] pre, [role=dialog] pre')?.textContent.length ?? 0,
    )
    await page.click('Save payload')
    const saved = await savedSize(folder, size)
    const opened = await opening.end()
    const memoryFigures = memory.end()
    const log = await call(await lab.openBenchPage(browser), 'readBack', 1)
    await rm(folder, { recursive: true, force: true })
    return {
      'sent in ms': finishedAt - startedAt,
      'stored after ms': at - startedAt,
      ...integrity(log),
      'longest task, receiving ms': painted['longest task ms'] ?? NaN,
      'opened after ms': openTime,
      'characters in view': length,
      'longest task, opening and saving ms': opened['longest task ms'] ?? NaN,
      'saved bytes missing': size - saved,
      ...memoryFigures,
    }
  })
}

/** The size of the one file of the folder, when it is that large or time is up. */
async function savedSize(folder: string, size: number): Promise<number> {
  const deadline = Date.now() + SAVE_TIMEOUT
  for (;;) {
    const [file] = (await readdir(folder)).filter((name) => !name.endsWith('.crdownload'))
    const found = file === undefined ? 0 : (await stat(path.join(folder, file))).size
    if (found === size || Date.now() > deadline) return found
    await wait(50)
  }
}
