import { setTimeout as wait } from 'node:timers/promises'
import { App } from '../app.ts'
import { Browser, makeFolder, removeFolder } from '../chromium/browser.ts'
import { call, type Lab } from '../lab.ts'
import type { LogReport } from '../pages/readBack.ts'
import type { Figures } from '../report/statistics.ts'
import { PacketSource } from '../source/packetSource.ts'
import { Way } from './way.ts'

const RATE = 5_000
const SECONDS = 6

/** The kill comes at any time between these, in milliseconds after the first message. */
const EARLIEST = 1_000
const LATEST = 4_000

/**
 * A flood of QoS 1 into a persistent session in mosquitto, in which the renderer and then the whole
 * browser are killed with SIGKILL. A new browser on the same profile goes on. Done `times` times, each
 * with a profile of its own; the figures are sums.
 */
export async function killRenderer(lab: Lab, times: number): Promise<Figures> {
  const figures = { kills: 0, messages: 0, lost: 0, reordered: 0, changed: 0, repeated: 0 }
  for (let i = 0; i < times; i++) {
    const { read, lost, reordered, changed, repeated } = await killOnce(lab)
    figures.kills += 1
    figures.messages += read
    figures.lost += lost
    figures.reordered += reordered
    figures.changed += changed
    figures.repeated += repeated
  }
  return figures
}

async function killOnce(lab: Lab): Promise<LogReport> {
  const folder = await makeFolder()
  const source = await PacketSource.start(lab.sourceProgram)
  const way = await Way.open(source, { mosquitto: { inFlight: 1000 } })
  let browser = await Browser.launch(folder)
  try {
    const first = new App(await browser.open(lab.url))
    await first.connect({ port: way.port, cleanSession: false })
    await first.subscribe('#', 1)
    const shape = { payloadBytes: 100, perFrame: 1, qos: 1, version: 5 } as const
    const feeding = way.flow({ shape, rate: RATE, seconds: SECONDS, window: 5_000 })
    const url = await first.page.evaluate(() => location.href)
    await wait(EARLIEST + Math.random() * (LATEST - EARLIEST))
    await browser.kill()

    browser = await Browser.launch(folder)
    const second = new App(await browser.open(url))
    const { total } = await feeding
    await second.connected()
    await second.settled(total, 5_000)
    // What was delivered again may still be on its way.
    await wait(1_000)
    return await call(await lab.openBenchPage(browser), 'readBack', total)
  } finally {
    await browser.close()
    await way.close()
    await source.end()
    await removeFolder(folder)
  }
}
