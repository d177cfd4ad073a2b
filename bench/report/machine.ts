import { cpus, loadavg, totalmem, type } from 'node:os'
import process from 'node:process'

/** What the figures were measured on. */
export type Machine = {
  cores: number
  model: string
  memoryGiB: number
  system: string
  node: string
  chromium: string
}

/** Describes this machine. `chromium`: the version as the browser tells it. */
export function describeMachine(chromium: string): Machine {
  const [first] = cpus()
  return {
    cores: cpus().length,
    model: first?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: type(),
    node: process.version.slice(1),
    chromium,
  }
}

/** How many processes wanted a core, on the average of the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0
}
