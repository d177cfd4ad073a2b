import type { Draft } from '@/core/draft.ts'
import type { Profile } from '@/core/profile.ts'
import type { SessionState } from '@/core/session.ts'
import type { SubscriptionStatus } from '@/core/subscription.ts'
import type { LogTotals } from '@/core/totals.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { saveDraft } from '@/storage/drafts.ts'
import type { Subscriptions } from '@/storage/schema.ts'
import { LatestWrite } from './latestWrite.ts'
import type { ConnectionSnapshot } from './protocol.ts'
import { report, type Surroundings } from './surroundings.ts'

/** What storage has of a connection when the engine starts, or what a new one begins with. */
export type KeptConnection = {
  profile: Profile
  draft: Draft
  subscriptions: Subscriptions
  log: MessageLog
}

/** One saved connection with everything that belongs to it, connected or not. */
export class Connection {
  readonly #kept: KeptConnection
  readonly #draftWrite: LatestWrite<Draft>
  #state: SessionState = { phase: 'disconnected' }

  constructor(surroundings: Surroundings, kept: KeptConnection) {
    this.#kept = { ...kept }
    this.#draftWrite = new LatestWrite(
      (draft) => saveDraft(surroundings.database, this.profile.id, draft),
      (error) => report(surroundings, error, this.profile.id),
    )
  }

  get profile(): Profile {
    return this.#kept.profile
  }

  get log(): MessageLog {
    return this.#kept.log
  }

  snapshot(): ConnectionSnapshot {
    const { profile, draft } = this.#kept
    return {
      profile,
      state: this.#state,
      subscriptions: this.#statuses(),
      draft,
      totals: this.#totals(),
    }
  }

  setProfile(profile: Profile): void {
    this.#kept.profile = profile
  }

  setDraft(draft: Draft): void {
    this.#kept.draft = draft
    this.#draftWrite.put(draft)
  }

  /** Resolves when nothing more is on its way to storage. */
  async settled(): Promise<void> {
    await this.#draftWrite.settled()
  }

  #statuses(): SubscriptionStatus[] {
    return this.#kept.subscriptions.list.map((subscription) => {
      return { subscription, grant: { state: 'offline' } }
    })
  }

  #totals(): LogTotals {
    const { received, stored, dropped, published, bytes, seen } = this.#kept.log.counters
    return { received, stored, dropped, published, bytes, rate: 0, unread: received - seen }
  }
}
