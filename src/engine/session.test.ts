import { beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionFailure } from '@/core/failure.ts'
import type { Profile } from '@/core/profile.ts'
import { LONGEST_WAIT } from '@/core/retry.ts'
import { NO_LIMITS, type ServerLimits } from '@/core/session.ts'
import { Session } from './session.ts'
import { ManualClock } from './testing/manualClock.ts'
import { testProfile } from './testing/samples.ts'
import type { Wire, WireListener, WireOptions } from './wire/wire.ts'

const LIMITS = NO_LIMITS
const LOST: ConnectionFailure = {
  ...{ code: 'connection-lost', closeCode: 1006, closeReason: '', clean: false },
}

/** A wire that does what the test says, and writes down what it was told. */
class TestWire implements Wire {
  readonly told: string[] = []
  readonly options: WireOptions
  readonly #listener: WireListener

  constructor(options: WireOptions, listener: WireListener) {
    this.options = options
    this.#listener = listener
  }

  subscribe = () => Promise.resolve([])
  unsubscribe = () => Promise.resolve([])
  publish = () => ({ failure: { code: 'not-connected' } as const })
  acknowledge = () => undefined
  ping = () => undefined
  close = () => void this.told.push('close')
  drop = () => void this.told.push('drop')

  connect(limits: Partial<ServerLimits> = {}) {
    this.#listener.connected({ sessionPresent: false, limits: { ...LIMITS, ...limits } })
  }

  receive() {
    this.#listener.received([])
  }

  end(failure?: ConnectionFailure) {
    this.#listener.ended(failure)
  }
}

let clock: ManualClock
let profile: Profile
let isOnline: boolean
let wires: TestWire[]
let happened: string[]
/** Ends the wait before DISCONNECT. */
let settle: () => void
let session: Session

beforeEach(() => {
  clock = new ManualClock()
  profile = testProfile(1883, { host: 'broker.example' })
  isOnline = true
  wires = []
  happened = []
  settle = () => undefined
  session = new Session(
    {
      clock,
      random: () => 0.5,
      isOnline: () => isOnline,
      pageProtocol: 'http:',
      openWire(options, listener) {
        const wire = new TestWire(options, listener)
        wires.push(wire)
        return wire
      },
    },
    {
      profile: () => profile,
      linked: () => {
        happened.push('linked')
        return { origin: 'clean' }
      },
      received: () => happened.push('received'),
      released: () => happened.push('released'),
      unlinked: () => happened.push('unlinked'),
      settle: () =>
        new Promise((resolve) => {
          settle = resolve
        }),
      changed: ({ phase }) => happened.push(phase),
    },
  )
})

/** Lets everything that waits for a promise go on. */
async function turn() {
  await new Promise(setImmediate)
}

async function connect(): Promise<TestWire> {
  session.connect()
  await turn()
  const wire = latest()
  wire.connect()
  return wire
}

function latest(): TestWire {
  const wire = wires.at(-1)
  if (!wire) throw new Error('No wire was opened')
  return wire
}

describe('a retry', () => {
  test('[SE1] waits twice as long each time, and starts anew after a connection that lasted', async () => {
    const wire = await connect()
    clock.pass(60_000)
    wire.end(LOST)
    const waits: number[] = []
    for (let n = 0; n < 4; n++) {
      if (session.state.phase === 'waiting') waits.push(session.state.retryAt - clock.now())
      clock.pass(LONGEST_WAIT)
      await turn()
      if (n < 3) latest().end({ code: 'unreachable', url: '', after: 1 })
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000])
    latest().connect()
    clock.pass(60_000)
    latest().end(LOST)
    expect(session.state).toMatchObject({ phase: 'waiting', attempt: 1 })
  })

  test('[SE2] is put off while the browser is offline, but not to this machine itself', async () => {
    ;(await connect()).end(LOST)
    isOnline = false
    clock.pass(1_000)
    await turn()
    expect(session.state).toMatchObject({ retryAt: clock.now() + LONGEST_WAIT })
    profile = { ...profile, host: 'localhost' }
    clock.pass(LONGEST_WAIT)
    await turn()
    expect(session.state.phase).toBe('reconnecting')
  })

  test('[SE3] uses the profile as it is by then', async () => {
    ;(await connect()).end(LOST)
    profile = { ...profile, username: 'new' }
    clock.pass(1_000)
    await turn()
    expect(latest().options.profile.username).toBe('new')
  })
})

describe('a connection that is accepted and cut off', () => {
  /** Cuts the connection off, and goes on to the next one. */
  async function cutAndReturn() {
    latest().end(LOST)
    clock.pass(LONGEST_WAIT)
    await turn()
  }

  test('[CN10] twice in a row is not tried a third time', async () => {
    await connect()
    clock.pass(3_600_000)
    await cutAndReturn()
    latest().connect()
    await cutAndReturn()
    latest().connect()
    clock.pass(2_000)
    latest().end(LOST)
    expect(session.state).toMatchObject({
      phase: 'disconnected',
      failure: { code: 'closed-after-connack', times: 2, after: 2_000 },
    })
    clock.pass(LONGEST_WAIT)
    await turn()
    expect(wires).toHaveLength(3)
  })

  test('[CN10] with an attempt between that failed, or a network that was away, is tried again', async () => {
    await connect()
    await cutAndReturn()
    latest().end({ code: 'unreachable', url: '', after: 1 })
    clock.pass(LONGEST_WAIT)
    await turn()
    latest().connect()
    await cutAndReturn()
    latest().connect()
    isOnline = false
    latest().end(LOST)
    isOnline = true
    clock.pass(LONGEST_WAIT)
    await turn()
    latest().connect()
    latest().end(LOST)
    session.online()
    await turn()
    latest().connect()
    latest().end(LOST)
    expect(session.state.phase).toBe('waiting')
  })

  test('[CN10] is tried again when the user asks for it', async () => {
    await connect()
    latest().end(LOST)
    session.connect()
    await turn()
    latest().connect()
    latest().end(LOST)
    expect(session.state.phase).toBe('waiting')
  })
})

describe('an end', () => {
  test('[SE4] by the user says DISCONNECT when what has come is settled, and still takes what comes', async () => {
    const wire = await connect()
    session.disconnect()
    expect(session.state).toEqual({ phase: 'disconnected' })
    expect(session.link).toBeUndefined()
    wire.receive()
    expect(wire.told).toEqual([])
    settle()
    await turn()
    expect(wire.told).toEqual(['close'])
    wire.receive()
    expect(happened.filter((what) => what === 'received')).toHaveLength(1)
  })

  test('[SE5] must be complete before the next wire opens', async () => {
    const wire = await connect()
    session.disconnect()
    session.connect()
    settle()
    await turn()
    expect(wires).toHaveLength(1)
    wire.end()
    await turn()
    expect(wires).toHaveLength(2)
    expect(session.state.phase).toBe('connecting')
  })

  test('[SE5] a connection that is no longer wanted when its turn comes is not opened', async () => {
    const wire = await connect()
    session.disconnect()
    session.connect()
    session.disconnect()
    settle()
    wire.end()
    await turn()
    expect(wires).toHaveLength(1)
    expect(session.state.phase).toBe('disconnected')
  })

  test('[SE6] what an abandoned wire still says changes nothing', async () => {
    const old = await connect()
    session.drop()
    expect(old.told).toEqual(['drop'])
    session.connect()
    old.end({ code: 'dropped' })
    await turn()
    const before = session.state
    old.connect()
    old.receive()
    old.end(LOST)
    expect(session.state).toBe(before)
  })

  test('[SE7] by an error of our own closes the wire and is not tried again', async () => {
    const wire = await connect()
    session.fail(new RangeError('a bug'))
    expect(wire.told).toEqual(['close'])
    expect(session.state).toEqual({
      phase: 'disconnected',
      failure: { code: 'unexpected', detail: 'RangeError: a bug' },
    })
  })

  test('[SE8] of the engine resolves when the wire is gone', async () => {
    const wire = await connect()
    let isOver = false
    void session.end().then(() => (isOver = true))
    settle()
    await turn()
    expect(isOver).toBe(false)
    wire.end()
    await turn()
    expect(isOver).toBe(true)
  })
})

describe('a client id that the broker gave', () => {
  beforeEach(async () => {
    profile = { ...profile, clientId: '' }
    session.connect()
    await turn()
    latest().connect({ assignedClientId: 'given' })
    latest().end(LOST)
  })

  test('[SE9] is used again', async () => {
    session.connect()
    await turn()
    expect(wires.map(({ options }) => options.clientId)).toEqual(['', 'given'])
  })

  test('[SE9] is forgotten with its session, and gives way to one of the user', async () => {
    profile = { ...profile, clientId: 'mine' }
    session.connect()
    await turn()
    expect(latest().options.clientId).toBe('mine')
    latest().end(LOST)
    session.forgetSession()
    profile = { ...profile, clientId: '' }
    session.connect()
    await turn()
    expect(latest().options.clientId).toBe('')
  })
})
