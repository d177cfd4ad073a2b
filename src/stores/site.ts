import { defineStore } from 'pinia'
import * as v from 'valibot'
import { computed, shallowRef } from 'vue'
import type { BrokerAddress } from '@/core/profile.ts'

const Preset = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  url: v.pipe(v.string(), v.nonEmpty()),
  clientId: v.optional(v.string()),
  username: v.optional(v.string()),
  version: v.optional(v.picklist(['5.0', '3.1.1', '3.1'])),
})

const SiteConfig = v.object({
  title: v.optional(v.string()),
  defaultBroker: v.optional(v.string()),
  connections: v.optional(v.array(Preset)),
  embeddedBroker: v.optional(v.boolean()),
})

export type SiteConfig = v.InferOutput<typeof SiteConfig>
export type PresetConnection = v.InferOutput<typeof Preset>

/** What whoever hosts this site set in `config.json`. A broken file is said and otherwise ignored. */
export const useSite = defineStore('site', () => {
  const config = shallowRef<SiteConfig>({})
  const problem = shallowRef<string>()
  const presets = computed(() => config.value.connections ?? [])

  /** Reads `config.json` beside the page. Never rejects: without it the site works with defaults. */
  async function load() {
    try {
      const response = await fetch('config.json', { cache: 'no-store' })
      if (response.ok) config.value = v.parse(SiteConfig, await response.json())
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
  }

  /** The broker that a first connection starts from. */
  const defaultBroker = computed<BrokerAddress>(() => {
    const own = config.value.defaultBroker
    return (own && parseBroker(own)) || publicBroker()
  })

  return { config, problem, presets, defaultBroker, load }
})

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
    path: url.pathname,
  }
}

/** EMQX's public broker, as the tutorial names it; an https page cannot open its ws:// port. */
export const PUBLIC_HOST = 'broker.emqx.io'

function publicBroker(): BrokerAddress {
  return location.protocol === 'https:'
    ? { scheme: 'wss', host: PUBLIC_HOST, port: 8084, path: '/mqtt' }
    : { scheme: 'ws', host: PUBLIC_HOST, port: 8083, path: '/mqtt' }
}
