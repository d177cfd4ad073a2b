import { defineStore } from 'pinia'
import * as v from 'valibot'
import { computed, shallowRef } from 'vue'
import type { BrokerAddress } from '@/core/profile.ts'
import type { Milliseconds } from '@/core/units.ts'

const Broker = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.check((text) => parseBroker(text) !== undefined, 'neither a ws:// or wss:// URL nor a path'),
)

const Preset = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  url: Broker,
  clientId: v.optional(v.string()),
  username: v.optional(v.string()),
  version: v.optional(v.picklist(['5.0', '3.1.1', '3.1'])),
})

const SiteConfig = v.object({
  title: v.optional(v.string()),
  defaultBroker: v.optional(Broker),
  connections: v.optional(v.array(Preset)),
  embeddedBroker: v.optional(v.boolean()),
})

export type SiteConfig = v.InferOutput<typeof SiteConfig>

/** A server that does not answer must not keep anybody from the rest of the site. */
const LOAD_TIMEOUT: Milliseconds = 5_000

/** What whoever hosts this site set in `config.json`. A broken file is said and otherwise ignored. */
export const useSite = defineStore('site', () => {
  const config = shallowRef<SiteConfig>({})
  const problem = shallowRef<string>()
  const isLoaded = shallowRef(false)
  const presets = computed(() => config.value.connections ?? [])
  const title = computed(() => config.value.title ?? 'MQTab')

  /** Reads `config.json` beside the page. Never rejects: without it the site works with defaults. */
  async function load() {
    try {
      const signal = AbortSignal.timeout(LOAD_TIMEOUT)
      const response = await fetch('config.json', { cache: 'no-store', signal })
      if (response.ok) config.value = readConfig(await response.json())
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
    isLoaded.value = true
  }

  /** The broker that a first connection starts from. */
  const defaultBroker = computed<BrokerAddress>(() => {
    const own = config.value.defaultBroker
    return (own && parseBroker(own)) || publicBroker()
  })

  return { config, problem, isLoaded, presets, title, defaultBroker, load }
})

/** Throws an Error that names the first place that is wrong, and what is wrong there. */
function readConfig(json: unknown): SiteConfig {
  const result = v.safeParse(SiteConfig, json)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error([v.getDotPath(issue), issue.message].filter(Boolean).join(': '))
}

/**
 * The address that `text` names: a `ws://` or `wss://` URL, or a path, which means the page's own
 * origin (a relative one starts at the page's folder). Undefined when it is neither.
 */
export function parseBroker(text: string): BrokerAddress | undefined {
  let url: URL
  try {
    url = new URL(text, location.href)
  } catch {
    return undefined
  }
  const secure = url.protocol === 'wss:' || url.protocol === 'https:'
  if (!secure && url.protocol !== 'ws:' && url.protocol !== 'http:') return undefined
  return {
    scheme: secure ? 'wss' : 'ws',
    host: url.hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
  }
}

/** EMQX's public broker, as the tutorial names it; an https page cannot open its ws:// port. */
export const PUBLIC_HOST = 'broker.emqx.io'

function publicBroker(): BrokerAddress {
  return location.protocol === 'https:'
    ? { scheme: 'wss', host: PUBLIC_HOST, port: 8084, path: '/mqtt' }
    : { scheme: 'ws', host: PUBLIC_HOST, port: 8083, path: '/mqtt' }
}
