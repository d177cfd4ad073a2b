import type { DevTools } from './devTools.ts'
import type { Page } from './page.ts'

type Frame = { functionName: string; url: string; lineNumber: number }
type Sampled = {
  nodes: { id: number; callFrame: Frame }[]
  samples: number[]
  timeDeltas: number[]
}
type HeapUse = { usedSize: number; totalSize: number; backingStorageSize?: number }
type Send = <Result>(method: string, params?: object) => Promise<Result>

/** Microseconds between two looks. */
const INTERVAL = 500

const MEBIBYTE = 1024 * 1024

/** Where the processor time of one thread goes, and its memory. It slows the thread somewhat. */
export class Profile {
  readonly #send: Send

  private constructor(send: Send) {
    this.#send = send
  }

  /** Begins with the page's main thread. */
  static ofPage(page: Page): Promise<Profile> {
    return Profile.#start((method, params) => page.send(method, params))
  }

  /** Begins with the shared worker that runs. */
  static async ofEngine(devTools: DevTools): Promise<Profile> {
    type Targets = { targetInfos: { targetId: string; type: string }[] }
    const { targetInfos } = await devTools.send<Targets>('Target.getTargets', {
      filter: [{ type: 'shared_worker' }],
    })
    const [worker] = targetInfos
    if (!worker) throw new Error('There is no shared worker')
    const { sessionId } = await devTools.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: worker.targetId,
      flatten: true,
    })
    return Profile.#start((method, params) => devTools.send(method, params, sessionId))
  }

  static async #start(send: Send): Promise<Profile> {
    await send('Profiler.enable')
    await send('Profiler.setSamplingInterval', { interval: INTERVAL })
    await send('Profiler.start')
    return new Profile(send)
  }

  /** The heap, and the functions that took most by themselves, one a line with its share in percent. */
  async end(most = 25): Promise<string> {
    const { profile } = await this.#send<{ profile: Sampled }>('Profiler.stop')
    const heap = await this.#send<HeapUse>('Runtime.getHeapUsage')
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
    const times = new Map<string, number>()
    profile.samples.forEach((id, i) => {
      const name = names.get(id) ?? '?'
      times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[i] ?? 0))
    })
    const all = Array.from(times.values()).reduce((sum, time) => sum + time, 0)
    const lines = Array.from(times)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, time]) => `${((100 * time) / all).toFixed(1).padStart(5)} %  ${name}`)
    return [describeHeap(heap), ...lines].join('\n')
  }
}

function describeHeap({ usedSize, totalSize, backingStorageSize = NaN }: HeapUse): string {
  const [used, total, buffers] = [usedSize, totalSize, backingStorageSize].map((size) =>
    (size / MEBIBYTE).toFixed(0),
  )
  return `heap ${used ?? ''} of ${total ?? ''} MiB, buffers ${buffers ?? ''} MiB`
}

function nameOf({ functionName, url, lineNumber }: Frame): string {
  const file = url.split('/').at(-1) ?? ''
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}
