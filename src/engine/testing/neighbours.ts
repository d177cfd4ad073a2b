import type { Locks } from '../lockPlace.ts'
import type { SuccessionChannel, SuccessionMessage } from '../succession.ts'

type Listener = (event: MessageEvent<unknown>) => void

/** Channels of one name, in one process: a message reaches all others, a task later. */
export class ChannelHub {
  readonly said: SuccessionMessage[] = []
  readonly #channels = new Set<{ listeners: Listener[]; isDeaf: boolean }>()

  /** A channel; while `isDeaf`, its engine hears nothing, as if it hung. */
  open(): SuccessionChannel & { isDeaf: boolean } {
    const channel = { listeners: [] as Listener[], isDeaf: false }
    this.#channels.add(channel)
    const post = (message: SuccessionMessage) => {
      this.said.push(message)
      const event = { data: structuredClone(message) } as MessageEvent<unknown>
      for (const other of this.#channels) {
        if (other === channel || other.isDeaf) continue
        setImmediate(() => other.listeners.forEach((listener) => listener(event)))
      }
    }
    return {
      postMessage: post,
      addEventListener: (_type, listener) => void channel.listeners.push(listener),
      get isDeaf() {
        return channel.isDeaf
      },
      set isDeaf(isDeaf: boolean) {
        channel.isDeaf = isDeaf
      },
    }
  }
}

type Request = {
  options: LockOptions
  callback: (lock: Lock | null) => unknown
  resolve: () => void
  reject: (error: unknown) => void
}

/** One exclusive Web Lock, whatever its name: granted in order, stolen, aborted. */
export class TestLocks {
  #holder: Request | undefined
  #queue: Request[] = []

  readonly locks: Locks = {
    request: ((_name: string, options: LockOptions, callback: Request['callback']) =>
      new Promise<void>((resolve, reject) => {
        this.#add({ options, callback, resolve, reject })
      })) as Locks['request'],
  }

  /** The holder's worker is gone: it ended without a word. */
  kill(): void {
    this.#holder = undefined
    this.#next()
  }

  #add(request: Request): void {
    const { options, reject } = request
    if (options.steal) {
      this.#holder?.reject(new DOMException('stolen', 'AbortError'))
      this.#holder = undefined
      this.#queue.unshift(request)
    } else this.#queue.push(request)
    options.signal?.addEventListener('abort', () => {
      if (!this.#queue.includes(request)) return
      this.#queue = this.#queue.filter((other) => other !== request)
      reject(new DOMException('aborted', 'AbortError'))
    })
    setImmediate(() => this.#next())
  }

  #next(): void {
    if (this.#holder) return
    const request = this.#queue.shift()
    if (!request) return
    this.#holder = request
    void Promise.resolve(request.callback({} as Lock)).then(() => {
      request.resolve()
      if (this.#holder !== request) return
      this.#holder = undefined
      this.#next()
    })
  }
}
