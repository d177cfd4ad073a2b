import { describe, expect, test } from 'vitest'
import type {
  ConnectionFailure,
  PublishFailure,
  StorageFailure,
  SubscriptionFailure,
  Withheld,
} from '../core/failure.ts'
import { describeFailure } from './describeFailure.ts'

type Failure = ConnectionFailure | StorageFailure | SubscriptionFailure | PublishFailure

const SECRET = 'hunter2'
const URL = `wss://me:${SECRET}@broker.example:8084/mqtt?token=${SECRET}`
const PLACE = 'broker.example:8084'

/** One of each code; the compiler misses none. */
const EACH: { [Code in Failure['code']]: Extract<Failure, { code: Code }> } = {
  'mixed-content': { code: 'mixed-content', url: URL },
  'bad-url': { code: 'bad-url', url: `wss://me:${SECRET}@a b/?${SECRET}`, detail: SECRET },
  'blocked-port': { code: 'blocked-port', url: 'ws://h:6667/mqtt', port: 6667 },
  'blocked-by-policy': { code: 'blocked-by-policy', url: 'ws://h:8083/mqtt?token=secret' },
  'no-subprotocol': {
    code: 'no-subprotocol',
    url: 'ws://h:8083/mqtt?token=secret',
    subprotocol: 'mqtt',
  },
  unreachable: { code: 'unreachable', url: URL, after: 6_000 },
  'open-timeout': { code: 'open-timeout', url: URL, timeout: 10 },
  'closed-before-connack': {
    code: 'closed-before-connack',
    url: URL,
    closeCode: 1006,
    closeReason: '',
  },
  'connack-timeout': { code: 'connack-timeout', url: URL, timeout: 10 },
  refused: { code: 'refused', version: '5.0', reasonCode: 0x87, reasonString: 'not you' },
  'server-disconnect': { code: 'server-disconnect', reasonCode: 0x8e },
  'connection-lost': { code: 'connection-lost', closeCode: 1001, closeReason: 'bye', clean: true },
  'closed-after-connack': {
    code: 'closed-after-connack',
    times: 2,
    after: 1_240,
    closeCode: 1006,
    closeReason: '',
  },
  'keep-alive-timeout': { code: 'keep-alive-timeout', keepAlive: 30 },
  'protocol-error': { code: 'protocol-error', detail: 'packet type 0' },
  'auth-exchange': { code: 'auth-exchange', method: 'GS2-KRB5' },
  'auth-insecure': { code: 'auth-insecure', method: 'SCRAM-SHA-256' },
  'auth-message': { code: 'auth-message', problem: 'nonce' },
  'auth-unproven': { code: 'auth-unproven' },
  dropped: { code: 'dropped' },
  unexpected: { code: 'unexpected', detail: 'TypeError: x' },
  storage: { code: 'storage', what: 'log', cause: 'quota', detail: 'QuotaExceededError' },
  'unsubscribe-refused': {
    code: 'unsubscribe-refused',
    filter: 'a/#',
    reasonCode: 0x87,
    reasonString: 'not this one',
  },
  'not-connected': { code: 'not-connected' },
  'packet-too-large': { code: 'packet-too-large', size: 2_000_000, maximum: 1_048_576 },
  'qos-not-supported': { code: 'qos-not-supported', maximum: 1 },
  'retain-not-supported': { code: 'retain-not-supported' },
  'topic-alias-too-large': { code: 'topic-alias-too-large', maximum: 10 },
  'publish-failed': { code: 'publish-failed', detail: 'closed' },
}

function textOf(failure: Failure): string {
  const { title, advice } = describeFailure(failure)
  return `${title}\n${advice}`
}

/** Whole sentences, every place filled. */
function expectWords({ title, advice }: { title: string; advice: string }) {
  expect(title).toMatch(/^\S.{8,}[^.\s]$/)
  expect(advice).toMatch(/^\S.{12,}[.)”]$/s)
  expect(title + advice).not.toMatch(/\{\w+\}|undefined|NaN/)
}

test.each(Object.values(EACH).map((failure) => [failure.code, failure] as const))(
  '[FW1] %s has a title and advice, with every fact filled in and nothing secret',
  (_, failure) => {
    expectWords(describeFailure(failure))
    expect(textOf(failure)).not.toContain(SECRET)
  },
)

test('[FW1] every reason code has advice, known or not', () => {
  for (let reasonCode = 0; reasonCode < 256; reasonCode += 1) {
    for (const version of ['3.1', '3.1.1', '5.0'] as const) {
      expectWords(describeFailure({ code: 'refused', version, reasonCode }))
    }
    expectWords(describeFailure({ code: 'server-disconnect', reasonCode }))
    expectWords(describeFailure({ code: 'unsubscribe-refused', filter: 'a/#', reasonCode }))
  }
})

test('[FW1] every kind of data and every cause of a storage failure has words', () => {
  for (const what of ['profiles', 'subscriptions', 'drafts', 'settings', 'log'] as const) {
    for (const cause of ['quota', 'unavailable', 'newer', 'other'] as const) {
      expectWords(describeFailure({ code: 'storage', what, cause, detail: 'Error' }))
    }
  }
})

test('[FW2] what the server says is quoted, and its code is given as the specification writes it', () => {
  expect(textOf(EACH.refused)).toContain('“not you”')
  expect(textOf(EACH.refused)).toContain('135 (0x87)')
  expect(textOf(EACH.refused)).toContain('MQTT 5.0 §3.2.2.2')
  expect(textOf({ code: 'refused', version: '3.1.1', reasonCode: 5 })).toContain(
    'Code 5 (0x05), MQTT 3.1.1 §3.2.2.3.',
  )
  expect(textOf(EACH['server-disconnect'])).toContain('142 (0x8E), MQTT 5.0 §3.14.2.1')
  expect(textOf(EACH['unsubscribe-refused'])).toContain('“not this one”')
  expect(textOf(EACH['unsubscribe-refused'])).toContain('135 (0x87), MQTT 5.0 §3.11.3')
  expect(textOf(EACH['connection-lost'])).toContain('1001: the server is going away (“bye”)')
})

test('[FW2] places in what the server says are not filled', () => {
  const reasonString = '{versions} {code}'
  expect(textOf({ code: 'refused', version: '5.0', reasonCode: 0x84, reasonString })).toContain(
    '“{versions} {code}”',
  )
})

describe('a place that cannot be reached', () => {
  test.each(['ws://a:1883/mqtt', 'wss://a:8883/mqtt'])(
    '[FW3] %s is told apart as a port for TCP',
    (url) => {
      const text = textOf({ code: 'unreachable', url, after: 5 })
      expect(text).toContain('MQTT over TCP')
      expect(text).toContain('8084')
      expect(textOf({ code: 'open-timeout', url, timeout: 10 })).toContain('MQTT over TCP')
    },
  )

  test('[FW4] over wss:// may have a certificate that is to be accepted first', () => {
    const text = textOf(EACH.unreachable)
    expect(text).toContain(`Could not reach ${PLACE}`)
    expect(text).toContain(`open https://${PLACE} in a tab`)
    expect(text).toContain('“/mqtt”')
    expect(text).not.toContain('often it is /mqtt')
    const plain = textOf({ code: 'unreachable', url: 'ws://a/', after: 5 })
    expect(plain).not.toContain('certificate')
    expect(plain).toContain('“/” (often it is /mqtt)')
  })

  test('[FW4] after a long time is rather behind a firewall', () => {
    expect(textOf({ code: 'unreachable', url: 'ws://a/', after: 60_000 })).toContain('60 s')
    expect(textOf({ code: 'unreachable', url: 'ws://a/', after: 4_000 })).not.toContain('firewall')
  })

  test('[FW4] keeps the brackets of an IPv6 address, and has the port of its protocol', () => {
    expect(textOf({ code: 'unreachable', url: 'ws://[::1]/', after: 5 })).toContain('[::1]:80')
  })
})

test.each([
  [200, 'stands a page'],
  [404, 'nothing at the path “/mqtt”'],
  [403, 'log in'],
  [426, 'Upgrade and Connection'],
  [502, 'the broker is down'],
  ['redirect', 'another address'],
  [500, 'with an error'],
] as const)('[FW17] a site that answers %s is told by its answer', (http, words) => {
  const failure = { code: 'unreachable', url: 'wss://a/mqtt', after: 5, http } as const
  const told = describeFailure(failure)
  expectWords(told)
  const status = http === 'redirect' ? '3xx' : http
  expect(told.title).toContain(`answers, but not as a broker (HTTP ${status})`)
  expect(told.advice).toContain(words)
})

describe('[FW16] a network that the browser keeps from the page', () => {
  const at = (withheld: Withheld, url = 'ws://10.0.0.1:8083/mqtt') =>
    describeFailure({ code: 'unreachable', url, after: 5, withheld })

  test.each(['loopback', 'local'] as const)('is told as the first cause: %s', (network) => {
    for (const because of ['prompt', 'denied', 'insecure'] as const) {
      const words = at({ network, because })
      expectWords(words)
      expect(words.advice).toMatch(/^Likely the browser keeps MQTab.* If that is not it: nothing/)
      expect(words.advice).toContain(network === 'local' ? 'local network' : 'this computer')
      expect(words.advice.includes('left of the address')).toBe(because === 'denied')
      expect(words.advice.includes('over https')).toBe(because === 'insecure')
      expect(words.advice.includes('“Ask the browser”')).toBe(because === 'prompt')
    }
  })

  test('gives way to a port that is none for WebSocket', () => {
    const { advice } = at({ network: 'local', because: 'denied' }, 'ws://10.0.0.1:1883/mqtt')
    expect(advice).toContain('MQTT over TCP')
    expect(advice).not.toContain('keeps MQTab')
  })
})

test('[FW19] a link that was cut while idle says for how long, and which Keep Alive prevents it', () => {
  const lost = { code: 'connection-lost', closeCode: 1006, closeReason: '', clean: false } as const
  const words = describeFailure({ ...lost, idle: 60_013 })
  expectWords(words)
  expect(words.advice).toContain('after 60.0 s in which nothing passed')
  expect(words.advice).toContain('a Keep Alive of 60 s or less')
  expect(textOf(lost)).not.toContain('nothing passed')
  expect(textOf({ ...lost, clean: true })).not.toContain('idle')
})

test('[FW5] a version that the broker does not know leads to the other ones', () => {
  for (const reasonCode of [0x84, 1]) {
    const text = textOf({ code: 'refused', version: '5.0', reasonCode })
    expect(text).toContain('under Advanced: 3.1.1, 3.1.')
  }
  expect(textOf(EACH['closed-before-connack'])).toContain('MQTT Version')
})

test('[FW6] a session that was taken over says that another client has the same id', () => {
  expect(textOf(EACH['server-disconnect'])).toContain('same Client ID')
})

test('[FW10] a client that is cut off again and again is told as two clients with one id first', () => {
  const text = textOf(EACH['closed-after-connack'])
  expect(text).toContain('2 times in a row, the last time after 1.2 s')
  expect(text.indexOf('same Client ID')).toBeLessThan(text.indexOf('a proxy cuts'))
  expect(text).toContain('does not connect again by itself')
  expect(text).toContain('WebSocket code 1006')
})

test('[FW7] a drop is told as what was asked for, not as a failure', () => {
  expect(textOf(EACH.dropped)).toContain('As you asked')
})

test('[AU3] each problem of the first message is told in words of its own', () => {
  const problems = ['malformed', 'nonce', 'iterations', 'extension'] as const
  const texts = problems.map((problem) => textOf({ code: 'auth-message', problem }))
  expect(new Set(texts).size).toBe(problems.length)
  for (const problem of problems) expectWords(describeFailure({ code: 'auth-message', problem }))
})

test('[AU8] a method that MQTab does not know is answered with those that it knows', () => {
  const text = textOf({ code: 'auth-exchange', method: 'GS2-KRB5' })
  for (const method of ['GS2-KRB5', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1']) {
    expect(text).toContain(method)
  }
})
