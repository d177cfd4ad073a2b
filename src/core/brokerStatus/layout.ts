import type { Measure } from './measure.ts'

/** The topics of one broker, or of one node of a cluster: all that begin with a prefix. */
export type Source = { prefix: string; node?: string }

/** Where a kind of broker publishes what. Topics are without the prefix of their source. */
export type Layout = {
  name: 'mosquitto' | 'emqx'
  /** The first of these that has a value counts. */
  topics: Partial<Record<Measure, readonly string[]>>
  /** What every node tells of the whole cluster, so that it must not be added up. */
  ofCluster: readonly Measure[]
  /** Published first in every round, with what has changed since the last one behind it. */
  beat?: string
}

/**
 * mosquitto(8), and brokers that took it over. A topic comes again only when its value is another one,
 * but the uptime comes in every round. The manual has `heap/current size`, the broker `heap/current`.
 */
const MOSQUITTO: Layout = {
  name: 'mosquitto',
  topics: {
    clientsConnected: ['clients/connected', 'clients/active'],
    clientsTotal: ['clients/total'],
    clientsMaximum: ['clients/maximum'],
    subscriptions: ['subscriptions/count'],
    sharedSubscriptions: ['shared_subscriptions/count'],
    retained: ['retained messages/count'],
    stored: ['store/messages/count', 'messages/stored'],
    storedBytes: ['store/messages/bytes'],
    dropped: ['publish/messages/dropped'],
    heap: ['heap/current', 'heap/current size'],
    heapMaximum: ['heap/maximum', 'heap/maximum size'],
    // `messages/…` counts packets of every type.
    messagesIn: ['publish/messages/received', 'messages/received'],
    messagesOut: ['publish/messages/sent', 'messages/sent'],
    bytesIn: ['bytes/received'],
    bytesOut: ['bytes/sent'],
  },
  ofCluster: [],
  beat: 'uptime',
}

/** EMQX 4 and 5, where each node has topics of its own; all of them come in every round. */
const EMQX: Layout = {
  name: 'emqx',
  topics: {
    // `connections` has in it who is away and has a session.
    clientsConnected: ['stats/live_connections/count', 'stats/connections/count'],
    clientsTotal: ['stats/connections/count'],
    clientsMaximum: ['stats/live_connections/max', 'stats/connections/max'],
    subscriptions: ['stats/subscriptions/count'],
    sharedSubscriptions: ['stats/subscriptions/shared/count'],
    topics: ['stats/topics/count'],
    retained: ['stats/retained/count'],
    dropped: ['metrics/messages/dropped'],
    messagesIn: ['metrics/messages/received'],
    messagesOut: ['metrics/messages/sent'],
    bytesIn: ['metrics/bytes/received'],
    bytesOut: ['metrics/bytes/sent'],
  },
  ofCluster: ['sharedSubscriptions', 'topics', 'retained'],
}

const MOSQUITTO_PREFIX = '$SYS/broker/'
const EMQX_NODES = '$SYS/brokers'

/** The values of topics, as text. */
export type SysTexts = { get(topic: string): string | undefined; keys(): Iterable<string> }

/** The layout of what a broker publishes and where each of its nodes does; undefined: an unknown one. */
export function findLayout(texts: SysTexts): { layout: Layout; sources: Source[] } | undefined {
  const nodes = new Set<string>()
  for (const topic of texts.keys()) {
    if (topic.startsWith(MOSQUITTO_PREFIX)) {
      return { layout: MOSQUITTO, sources: [{ prefix: MOSQUITTO_PREFIX }] }
    }
    const node = /^\$SYS\/brokers\/([^/]+)\/(?:version|uptime|stats|metrics)/.exec(topic)?.[1]
    if (node !== undefined) nodes.add(node)
  }
  const listed = texts.get(EMQX_NODES)?.split(',').filter(Boolean)
  if (nodes.size === 0 && listed === undefined) return undefined
  // A node that has left the cluster is not on the list any more.
  const names = (listed ?? [...nodes]).toSorted()
  return {
    layout: EMQX,
    sources: names.map((node) => ({ prefix: `${EMQX_NODES}/${node}/`, node })),
  }
}
