import { vi } from 'vitest'
import type { EngineHost } from '../engineHost.ts'
import type { PagePort } from '../pages.ts'
import type { Command, EngineEvent, RequestId, ViewFilter, ViewWindow } from '../protocol.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Row } from '@/core/message.ts'

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>

/** A page without a screen: sends commands and keeps the events, cloned as a port would. */
export class TestPage implements PagePort {
  readonly #host: EngineHost
  readonly events: EngineEvent[] = []
  #requests: RequestId = 0

  constructor(host: EngineHost) {
    this.#host = host
  }

  postMessage(event: EngineEvent): void {
    this.events.push(structuredClone(event))
  }

  send(command: Command): void {
    this.#host.receive(this, structuredClone(command))
  }

  nextRequest(): RequestId {
    return ++this.#requests
  }

  /** Waits for the next event of a type that passes, from `since` on; the oldest one. */
  async event<Type extends EngineEvent['type']>(
    type: Type,
    passes: (event: EventOf<Type>) => boolean = () => true,
    since = 0,
  ): Promise<EventOf<Type>> {
    return vi.waitFor(
      () => {
        const found = this.all(type, since).find(passes)
        if (!found) throw new Error(`No ${type} among ${this.events.map((e) => e.type).join(' ')}`)
        return found
      },
      { timeout: 8_000, interval: 5 },
    )
  }

  all<Type extends EngineEvent['type']>(type: Type, since = 0): EventOf<Type>[] {
    return this.events.slice(since).filter((event): event is EventOf<Type> => event.type === type)
  }

  latest<Type extends EngineEvent['type']>(type: Type): EventOf<Type> | undefined {
    return this.all(type).at(-1)
  }

  async connected(connection: ConnectionId): Promise<void> {
    await vi.waitFor(
      () => {
        const state = this.all('stateChanged').findLast((e) => e.connection === connection)?.state
        if (state?.phase !== 'connected') throw new Error(`It is ${JSON.stringify(state)}`)
      },
      { timeout: 8_000, interval: 5 },
    )
  }

  /** The rows of a view, once they pass. */
  async rows(
    connection: ConnectionId,
    passes: (rows: Row[]) => boolean,
    filter: ViewFilter = {},
    window: ViewWindow = { last: 100 },
  ): Promise<Row[]> {
    const view = this.nextRequest()
    this.send({ type: 'watch', view, connection, filter, window })
    const { rows } = await this.event('rows', (e) => e.view === view && passes(e.rows))
    this.send({ type: 'unwatch', view })
    return rows
  }
}
