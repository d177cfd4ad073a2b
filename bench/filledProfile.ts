import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { App } from './app.ts'
import { Browser, makeFolder, removeFolder } from './chromium/browser.ts'
import type { PacketSource } from './source/packetSource.ts'

/** A browser's profile with one connection, which is not connected, and its log. */
export type FilledProfile = {
  folder: string
  /** Where the app shows that connection. */
  url: string
  /** Messages in its log. */
  count: number
}

/** Divides any count that the bench asks for. */
const PER_FRAME = 8

/** Fills a new profile with messages of 100 bytes, the way they come in life, and closes the browser. */
export async function fillProfile(
  source: PacketSource,
  url: string,
  count: number,
): Promise<FilledProfile> {
  const folder = await makeFolder()
  const browser = await Browser.launch(folder)
  try {
    const app = new App(await browser.open(url))
    await app.connect({ port: source.port })
    await app.subscribe('#', 0)
    const shape = { payloadBytes: 100, perFrame: PER_FRAME, qos: 0, version: 5 } as const
    await source.flow({ shape, count })
    await app.settled(count)
    await app.page.click('Disconnect')
    await app.page.waitFor('Disconnected', () => document.body.innerText.includes('Disconnected'))
    const place = await app.page.evaluate(() => location.href)
    return { folder, url: place, count }
  } catch (error) {
    await removeFolder(folder)
    throw error
  } finally {
    await browser.close()
  }
}

/** Takes what the profile has on disk out of memory, as far as the system lets an ordinary user. */
export function cool(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.parentPath.includes('IndexedDB')) continue
    const file = path.join(entry.parentPath, entry.name)
    execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
  }
}
