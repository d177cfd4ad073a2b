import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseBroker, useSite } from './site.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('location', new URL('http://site.test:8080/tools/mqtab/#/'))
})

afterEach(() => vi.unstubAllGlobals())

/** Loads a site whose server answers `config.json` with this text. */
async function load(body: string, status = 200) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })))
  const site = useSite()
  await site.load()
  return site
}

describe('the settings of a site', () => {
  test('[PG10] are what config.json says', async () => {
    const site = await load(
      '{"title":"Plant 7","defaultBroker":"mqtt","connections":[{"name":"A","url":"wss://b/mqtt"}]}',
    )
    expect(site).toMatchObject({ title: 'Plant 7', isLoaded: true, problem: undefined })
    expect(site.presets).toHaveLength(1)
    expect(site.defaultBroker).toEqual({
      scheme: 'ws',
      host: 'site.test',
      port: 8080,
      path: '/tools/mqtab/mqtt',
    })
  })

  test.each([
    ['no JSON', '<!doctype html>', /JSON/],
    ['a wrong type', '{"title":7}', /^title: /],
    ['a nameless preset', '{"connections":[{"name":"","url":"/mqtt"}]}', /^connections\.0\.name: /],
    ['an address for TCP', '{"defaultBroker":"mqtt://b"}', /^defaultBroker: neither a ws/],
    ['an empty address', '{"defaultBroker":""}', /^defaultBroker: /],
  ])('[PG10] are said to be broken, with the place, when there is %s', async (_, body, problem) => {
    const site = await load(body)
    expect(site.problem).toMatch(problem)
    expect(site).toMatchObject({ title: 'MQTab', isLoaded: true, config: {} })
  })

  test('[PG10] are the defaults, without a word, when there is no config.json', async () => {
    const site = await load('', 404)
    expect(site).toMatchObject({ title: 'MQTab', isLoaded: true, problem: undefined })
    expect(site.defaultBroker).toMatchObject({ scheme: 'ws', host: 'broker.emqx.io', port: 8083 })
  })

  test('[PG10] are the defaults when the server does not answer, and the page goes on', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const site = useSite()
    await site.load()
    expect(site).toMatchObject({ isLoaded: true, problem: 'Failed to fetch' })
  })

  test('[PG11] an https page starts from the port that it can open', async () => {
    vi.stubGlobal('location', new URL('https://site.test/'))
    const site = await load('{}')
    expect(site.defaultBroker).toMatchObject({ scheme: 'wss', port: 8084 })
  })
})

describe('an address in the settings', () => {
  test.each([
    ['/mqtt', { scheme: 'ws', host: 'site.test', port: 8080, path: '/mqtt' }],
    ['mqtt', { scheme: 'ws', host: 'site.test', port: 8080, path: '/tools/mqtab/mqtt' }],
    ['wss://b.test/mqtt', { scheme: 'wss', host: 'b.test', port: 443, path: '/mqtt' }],
    ['ws://b.test:8083/a?k=1', { scheme: 'ws', host: 'b.test', port: 8083, path: '/a?k=1' }],
  ])('[PG11] %s is understood', (text, address) => {
    expect(parseBroker(text)).toEqual(address)
  })

  test.each(['mqtt://b.test', 'tcp://b.test:1883', 'ws://'])('[PG11] %s is none', (text) => {
    expect(parseBroker(text)).toBeUndefined()
  })
})
