import type { DisconnectRequest } from '@/core/disconnect.ts'
import type { Draft } from '@/core/draft.ts'
import type { SubscriptionId } from '@/core/id.ts'
import { leftSession, type SessionEnd } from '@/core/leftSession.ts'
import type { Profile } from '@/core/profile.ts'
import type { SessionState, SessionStory } from '@/core/session.ts'
import type { Subscription } from '@/core/subscription.ts'
import type { LogTotals } from '@/core/totals.ts'
import type { EpochMs, Milliseconds, Seq } from '@/core/units.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { saveDraft } from '@/storage/drafts.ts'
import type { Subscriptions } from '@/storage/schema.ts'
import { saveSubscriptions } from '@/storage/subscriptions.ts'
import { BrokerStatus } from './brokerStatus.ts'
import { Chronicle } from './chronicle.ts'
import { Intake } from './intake.ts'
import { LatestWrite } from './latestWrite.ts'
import type { ConnectionSnapshot } from './protocol.ts'
import { Outbox } from './outbox.ts'
import { PacketTap } from './packetTap.ts'
import { Presence } from './presence.ts'
import { Rate } from './rate.ts'
import type { RowContext } from './row.ts'
import { SeenMark } from './seenMark.ts'
import { Session, type Link } from './session.ts'
import { SubscriptionKeeper } from './subscriptionKeeper.ts'
import { report, type Surroundings } from './surroundings.ts'
import { TopicMatcher } from './topicMatcher.ts'
import { Trimmer } from './trimmer.ts'
import { Unexplained } from './unexplained.ts'
import type { ReceivedPublish } from './wire/wire.ts'

/** What storage has of a connection when the engine starts, or what a new one begins with. */
export type KeptConnection = {
  profile: Profile
  draft: Draft
  subscriptions: Subscriptions
  log: MessageLog
}

/** For so long after it was slowed down a connection says so. */
const SLOWED: Milliseconds = 1_000

/** How long DISCONNECT may be held back for what is not stored yet. */
const SETTLING: Milliseconds = 1_000

/**
 * One saved connection with everything that belongs to it, connected or not. What arrives goes from
 * `session` through `intake` into `log`, and from there into the views.
 */
export class Connection {
  readonly log: MessageLog
  readonly rowContext: RowContext
  readonly tap: PacketTap
  readonly outbox: Outbox
  readonly status: BrokerStatus
  readonly #surroundings: Surroundings
  readonly #session: Session
  readonly #intake: Intake
  readonly #trimmer: Trimmer
  readonly #chronicle: Chronicle
  readonly #subscriptions: SubscriptionKeeper
  readonly #presence: Presence
  readonly #unexplained: Unexplained
  readonly #rate = new Rate()
  readonly #seen: SeenMark
  readonly #draftWrite: LatestWrite<Draft>
  readonly #subscriptionsWrite: LatestWrite<Subscriptions>
  #profile: Profile
  #draft: Draft
  #matcher: TopicMatcher
  /** The session that awaits what the log says it awaits. */
  #sessionName: string
  #received: number
  #slowedAt: EpochMs = -Infinity

  constructor(surroundings: Surroundings, { profile, draft, subscriptions, log }: KeptConnection) {
    const { clock, database, host, pending, wanted } = surroundings
    const onError = (error: unknown) => report(surroundings, error, profile.id)
    this.#surroundings = surroundings
    this.#profile = profile
    this.#draft = draft
    this.log = log
    this.#received = log.counters.received
    this.#sessionName = sessionName(profile)
    this.#presence = new Presence(profile.id, clock, wanted)
    this.#matcher = new TopicMatcher(subscriptions.list)
    this.#draftWrite = new LatestWrite((next) => saveDraft(database, profile.id, next), onError)
    this.#subscriptionsWrite = new LatestWrite(
      (next) => saveSubscriptions(database, profile.id, next),
      onError,
    )
    this.#seen = new SeenMark({ log, clock, onError })
    this.#subscriptions = new SubscriptionKeeper({
      subscriptions,
      save: (next) => this.#subscriptionsWrite.put(next),
      onChanged: () => this.#subscriptionsChanged(),
      onKept: (failure) =>
        surroundings.announce({ type: 'failed', connection: profile.id, failure }),
      onUnexpected: (error) => this.#session.fail(error),
    })
    this.status = new BrokerStatus({
      subscriptions: this.#subscriptions,
      isWatched: () => surroundings.isStatusWatched(profile.id),
      onChanged: () => surroundings.statusChanged(profile.id),
    })
    this.#unexplained = new Unexplained({
      clock,
      isExplained: (topic) =>
        this.#matcher.match(topic).length > 0 || this.#subscriptions.mayBring(topic),
      onChanged: () => this.#unexplainedChanged(),
    })
    this.#intake = new Intake({
      ...{ log, clock, pending },
      onStored: () => this.#stored(),
      onFailed: onError,
      onUnexpected: (error) => {
        onError(error)
        this.#session.fail(error)
      },
    })
    this.#chronicle = new Chronicle({
      ...{ clock, intake: this.#intake, subscriptions: this.#subscriptions },
      onCounted: (queue) => this.#session.counted(queue),
    })
    this.outbox = new Outbox({
      ...{ connection: profile.id, surroundings, log, intake: this.#intake, onError },
      link: () => this.#session.link,
    })
    this.#trimmer = new Trimmer({
      ...{ log, clock, onError },
      limits: () => this.#profile.retention,
      quota: surroundings.quota,
      onTrimmed: () => {
        this.outbox.publications.forgetGone()
        this.#changed()
      },
    })
    this.tap = new PacketTap({ now: () => clock.now(), precise: () => performance.now() }, () =>
      surroundings.traceChanged(profile.id),
    )
    this.#session = new Session(host, {
      tap: this.tap,
      profile: () => this.#profile,
      linked: (link) => this.#linked(link),
      received: (publishes, link) => this.#receive(publishes, link),
      released: (packetId, link) => this.#release(packetId, link),
      unlinked: (link, request) => this.#unlinked(link, request),
      settle: () => this.#intake.settled(SETTLING),
      changed: (state) => this.#stateChanged(state),
    })
    this.rowContext = {
      matching: (topic, identifiers) => this.#matcher.explain(topic, identifiers),
      outcomeOf: ({ seq, qos }) => this.outbox.publications.outcomeOf(seq, qos),
    }
  }

  get profile(): Profile {
    return this.#profile
  }

  snapshot(): ConnectionSnapshot {
    return {
      profile: this.#profile,
      state: this.#session.state,
      subscriptions: this.#subscriptions.statuses(),
      unexplained: this.#unexplained.topics,
      draft: this.#draft,
      totals: this.totals(),
      unacknowledged: this.outbox.publications.unacknowledged,
    }
  }

  totals(): LogTotals {
    const { received, stored, dropped, published, letGo, bytes } = this.log.counters
    const now = this.#surroundings.clock.now()
    const rate = this.#rate.perSecond(now)
    const unread = received - this.#seen.received
    const slowed = this.#surroundings.pending.isBehind || now - this.#slowedAt < SLOWED
    return { received, stored, dropped, published, letGo, bytes, rate, unread, slowed }
  }

  /** Replaces the profile. A connection that is open keeps what it was opened with. */
  setProfile(profile: Profile): void {
    const isOther = sessionName(profile) !== sessionName(this.#profile)
    this.#profile = profile
    this.#trimmer.check()
    if (!isOther) return
    this.#subscriptions.forgetSession()
    this.#session.forgetSession()
  }

  setDraft(draft: Draft): void {
    this.#draft = draft
    this.#draftWrite.put(draft)
  }

  connect(): void {
    this.#session.connect()
  }

  /** Connects after a restart of the engine. `lastAlive`: when it last was connected; 0: never. */
  resume(lastAlive: EpochMs): void {
    if (lastAlive > 0) this.#presence.resume(Math.max(lastAlive, this.log.lastTime ?? 0))
    this.#session.connect()
  }

  disconnect(request?: DisconnectRequest): void {
    this.#session.disconnect(request)
  }

  drop(): void {
    this.#session.drop()
  }

  online(): void {
    this.#session.online()
  }

  saveSubscription(subscription: Subscription): void {
    this.#subscriptions.save(subscription)
  }

  removeSubscription(id: SubscriptionId): void {
    this.#subscriptions.remove(id)
  }

  /** The whole payload of a message; undefined when it is not in the log. Rejects with a StorageError. */
  async readPayload(seq: Seq): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const [entry] = await this.log.read(seq, seq + 1)
    // A copy: the entry's bytes are a view of a whole chunk.
    return entry?.kind === 'message' ? entry.payload.slice() : undefined
  }

  markSeen(received: number): void {
    this.#seen.set(received)
    this.#changed()
  }

  /** Empties the log; reception goes on. Rejects with a StorageError. */
  async clearMessages(): Promise<void> {
    await this.log.clear()
    this.#received = this.log.counters.received
    this.outbox.publications.forgetGone()
    this.#changed()
  }

  /** Disconnects and resolves when the wire is gone and nothing more is on its way to storage. */
  async end(): Promise<void> {
    await this.#session.end()
    await this.#intake.settled(SETTLING)
    this.#intake.close()
    this.#trimmer.close()
    await this.outbox.publications.settled()
    await this.#seen.settled()
    await this.#draftWrite.settled()
    await this.#subscriptionsWrite.settled()
  }

  #linked(link: Link): SessionStory {
    const { wire, profile, sessionPresent } = link
    const name = sessionName(profile)
    if (!sessionPresent || name !== this.#sessionName) this.#intake.startSession()
    this.#sessionName = name
    this.#unexplained.restart()
    const gap = this.#presence.takeGap()
    if (gap) this.#intake.mark({ type: 'gap', ...gap })
    const story = this.#chronicle.begin(link)
    this.status.linked()
    this.#subscriptions.connected(wire, profile.version, sessionPresent, leftSession(link))
    return story
  }

  #receive(publishes: ReceivedPublish[], { wire }: Link): void {
    for (const publish of publishes) {
      if (this.status.takes(publish)) continue
      this.#unexplained.received(publish)
      const queued = this.#chronicle.isQueued(publish)
      const isNew = this.#intake.receive(publish, queued, wire)
      if (queued && isNew) this.#chronicle.count()
    }
    const { brake, clock } = this.#surroundings
    if (!brake.press(this.#intake.isFailing)) return
    this.#slowedAt = clock.now()
    this.#changed()
  }

  #release(packetId: number, { wire }: Link): void {
    this.#chronicle.released()
    this.#intake.release(packetId, wire)
  }

  #unlinked(link: Link, disconnect?: DisconnectRequest): void {
    this.#chronicle.end()
    this.status.unlinked()
    const now = this.#surroundings.clock.now()
    const end: SessionEnd = { now, ...(disconnect && { disconnect }) }
    this.#subscriptions.disconnected(leftSession(link, end))
  }

  #stateChanged(state: SessionState): void {
    this.#presence.changed(state)
    const connection = this.#profile.id
    this.#surroundings.announce({ type: 'stateChanged', connection, state })
  }

  #stored(): void {
    const { received } = this.log.counters
    this.#rate.add(received - this.#received, this.#surroundings.clock.now())
    this.#received = received
    this.#chronicle.acknowledged()
    this.#trimmer.check()
    this.#changed()
  }

  #subscriptionsChanged(): void {
    const { announce } = this.#surroundings
    const { list } = this.#subscriptions
    if (list !== this.#matcher.list) this.#matcher = new TopicMatcher(list)
    this.#unexplained.review()
    const connection = this.#profile.id
    const subscriptions = this.#subscriptions.statuses()
    announce({ type: 'subscriptionsChanged', connection, subscriptions })
    this.#surroundings.statusChanged(connection)
    this.#changed()
  }

  #unexplainedChanged(): void {
    const connection = this.#profile.id
    const { topics } = this.#unexplained
    this.#surroundings.announce({ type: 'unexplainedChanged', connection, topics })
  }

  #changed(): void {
    this.#surroundings.changed(this.#profile.id)
  }
}

/** What a broker keeps a session under: another name is another session. */
function sessionName({ scheme, host, port, path, clientId }: Profile): string {
  return JSON.stringify([scheme, host, port, path, clientId])
}
