import type { DevTools } from './devTools.ts'

type Frame = { functionName: string; url: string; lineNumber: number }
type Profile = {
  nodes: { id: number; callFrame: Frame }[]
  samples: number[]
  timeDeltas: number[]
}

/** Microseconds between two looks. */
const INTERVAL = 500

/** Where the processor time of the app's engine goes. It slows the engine somewhat. */
export class WorkerProfile {
  readonly #devTools: DevTools
  readonly #session: string

  private constructor(devTools: DevTools, session: string) {
    this.#devTools = devTools
    this.#session = session
  }

  /** Begins with the shared worker that runs. */
  static async start(devTools: DevTools): Promise<WorkerProfile> {
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
    const profile = new WorkerProfile(devTools, sessionId)
    await profile.#send('Profiler.enable')
    await profile.#send('Profiler.setSamplingInterval', { interval: INTERVAL })
    await profile.#send('Profiler.start')
    return profile
  }

  /** The functions that took most by themselves, one a line with its share in percent. */
  async end(most = 30): Promise<string[]> {
    const { profile } = await this.#send<{ profile: Profile }>('Profiler.stop')
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
    const times = new Map<string, number>()
    profile.samples.forEach((id, i) => {
      const name = names.get(id) ?? '?'
      times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[i] ?? 0))
    })
    const all = Array.from(times.values()).reduce((sum, time) => sum + time, 0)
    return Array.from(times)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, time]) => `${((100 * time) / all).toFixed(1).padStart(5)} %  ${name}`)
  }

  #send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#devTools.send<Result>(method, params, this.#session)
  }
}

function nameOf({ functionName, url, lineNumber }: Frame): string {
  const file = url.split('/').at(-1) ?? ''
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}
