import { vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { MessageRow, Row } from '@/core/message.ts'
import type { Profile } from '@/core/profile.ts'
import type { SessionState } from '@/core/session.ts'
import type { Subscription } from '@/core/subscription.ts'
import type { EngineHost } from '../engineHost.ts'
import type { PagePort } from '../pages.ts'
import type { Command, EngineEvent, RequestId, ViewFilter, ViewWindow } from '../protocol.ts'

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>

const WAIT = { timeout: 25_000, interval: 5 }

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

  /** Waits for an event of a type that passes, among those since `since`; the oldest one. */
  async event<Type extends EngineEvent['type']>(
    type: Type,
    passes: (event: EventOf<Type>) => boolean = () => true,
    since = 0,
  ): Promise<EventOf<Type>> {
    return vi.waitFor(() => {
      const found = this.all(type, since).find(passes)
      if (!found) throw new Error(`No such ${type} among ${this.events.map((e) => e.type).join()}`)
      return found
    }, WAIT)
  }

  all<Type extends EngineEvent['type']>(type: Type, since = 0): EventOf<Type>[] {
    return this.events.slice(since).filter((event): event is EventOf<Type> => event.type === type)
  }

  latest<Type extends EngineEvent['type']>(type: Type): EventOf<Type> | undefined {
    return this.all(type).at(-1)
  }

  stateOf(connection: ConnectionId): SessionState | undefined {
    return this.all('stateChanged').findLast((event) => event.connection === connection)?.state
  }

  /** Waits until a connection is in that phase, and gives its state. */
  async phase<Phase extends SessionState['phase']>(
    connection: ConnectionId,
    phase: Phase,
  ): Promise<Extract<SessionState, { phase: Phase }>> {
    return vi.waitFor(() => {
      const state = this.stateOf(connection)
      if (state?.phase !== phase) throw new Error(`It is ${JSON.stringify(state)}`)
      return state as Extract<SessionState, { phase: Phase }>
    }, WAIT)
  }

  /** Saves a profile, connects it and subscribes; resolves when all is granted. */
  async open(profile: Profile, ...subscriptions: Subscription[]): Promise<ConnectionId> {
    const connection = profile.id
    this.send({ type: 'saveProfile', profile })
    for (const subscription of subscriptions) {
      this.send({ type: 'saveSubscription', connection, subscription })
    }
    this.send({ type: 'connect', connection })
    await this.phase(connection, 'connected')
    await this.granted(connection)
    return connection
  }

  /** Waits until every subscription of a connection is granted. */
  async granted(connection: ConnectionId): Promise<void> {
    await vi.waitFor(() => {
      const grants = this.grantsOf(connection)
      if (grants.some(({ state }) => state !== 'granted')) throw new Error(JSON.stringify(grants))
    }, WAIT)
  }

  grantsOf(connection: ConnectionId) {
    const latest = this.events.findLast(
      (event): event is EventOf<'subscriptionsChanged'> =>
        event.type === 'subscriptionsChanged' && event.connection === connection,
    )
    return latest?.subscriptions.map(({ grant }) => grant) ?? []
  }

  /** The newest rows of a log, once they pass. */
  async rows(
    connection: ConnectionId,
    passes: (rows: Row[]) => boolean = () => true,
    filter: ViewFilter = {},
    window: ViewWindow = { last: 100 },
  ): Promise<Row[]> {
    const view = this.nextRequest()
    this.send({ type: 'watch', view, connection, filter, window })
    const { rows } = await this.event('rows', (event) => event.view === view && passes(event.rows))
    this.send({ type: 'unwatch', view })
    return rows
  }
}

/** The messages of rows, each as its payload's text. */
export function texts(rows: readonly Row[]): string[] {
  return messagesOf(rows).map(({ preview }) => new TextDecoder().decode(preview))
}

export function messagesOf(rows: readonly Row[]): MessageRow[] {
  return rows.filter((row) => row.kind === 'message')
}
