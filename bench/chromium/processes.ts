import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export type Role = 'browser' | 'renderer' | 'network' | 'storage' | 'other'

/** Nanoseconds of processor time by role and thread, as `renderer DedicatedWorker`. */
export type CpuTimes = Map<string, number>

/** The processes of the browser with this profile, as Linux shows them in /proc. */
export class Processes {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  list(): { pid: number; role: Role }[] {
    return readdirSync('/proc').flatMap((name) => {
      const pid = Number(name)
      if (Number.isNaN(pid)) return []
      // Children of the zygote have blanks where other processes have zeros.
      const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ')
      if (!command.includes(`--user-data-dir=${this.#folder} `)) return []
      return [{ pid, role: roleOf(command) }]
    })
  }

  /** What every thread that is alive has used up. */
  cpuTimes(): CpuTimes {
    const times: CpuTimes = new Map()
    for (const { pid, role } of this.list()) {
      for (const task of entries(`/proc/${pid}/task`)) {
        const thread = read(`/proc/${pid}/task/${task}/comm`).trim()
        const [used = '0'] = read(`/proc/${pid}/task/${task}/schedstat`).split(' ')
        const isMain = Number(task) === pid
        const key = `${role} ${isMain ? 'main' : thread.replace(/[0-9/]+$/, '')}`
        times.set(key, (times.get(key) ?? 0) + Number(used))
      }
    }
    return times
  }

  /** Bytes of memory that the largest renderer has. */
  rendererMemory(): number {
    const sizes = this.list()
      .filter(({ role }) => role === 'renderer')
      .map(({ pid }) => {
        const [, kibibytes = '0'] = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`)) ?? []
        return Number(kibibytes) * 1024
      })
    return Math.max(0, ...sizes)
  }

  /** SIGKILL to those with this role. */
  kill(role: Role): void {
    for (const process_ of this.list()) {
      if (process_.role === role) kill(process_.pid)
    }
  }

  /** Waits until all have ended. */
  async gone(): Promise<void> {
    for (let waited = 0; this.list().length > 0; waited += 50) {
      if (waited > 5_000) for (const { pid } of this.list()) kill(pid)
      await wait(50)
    }
  }
}

/** What was used between two looks, by role and thread. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return new Map(
    Array.from(after, ([key, value]) => [key, Math.max(0, value - (before.get(key) ?? 0))]),
  )
}

function roleOf(command: string): Role {
  const [, type] = / --type=(\S+)/.exec(command) ?? []
  if (type === undefined) return 'browser'
  if (type === 'renderer') return 'renderer'
  if (command.includes('NetworkService')) return 'network'
  if (command.includes('StorageService')) return 'storage'
  return 'other'
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
