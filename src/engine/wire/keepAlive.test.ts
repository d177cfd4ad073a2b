import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startFaultProxy } from '../../../broker/node/faultProxy.ts'
import { KeepAlive } from './keepAlive.ts'
import { startScriptedServer } from './testing/scriptedServer.ts'
import { profileFor, until, WireProbe } from './testing/wireProbe.ts'

describe('the clockwork', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }),
  )
  afterEach(() => void vi.useRealTimers())

  function start(keepAlive: number) {
    const heard: string[] = []
    const clockwork = new KeepAlive(keepAlive, {
      ping: () => heard.push('ping'),
      pinged: (roundTrip) => heard.push(`pinged ${roundTrip}`),
      silent: () => heard.push('silent'),
    })
    return { clockwork, heard }
  }

  test('[WR9] pings at once and then at three quarters of the keep alive, whatever else arrives', () => {
    const { clockwork, heard } = start(40)
    expect(heard).toEqual(['ping'])
    for (let at = 0; at < 90; at += 10) {
      vi.advanceTimersByTime(10_000)
      clockwork.received()
    }
    expect(heard).toEqual(['ping', 'ping', 'ping', 'ping'])
    clockwork.stop()
  })

  test('[WR9] one and a half keep alives without a byte are silence, reported once', () => {
    const { clockwork, heard } = start(40)
    vi.advanceTimersByTime(5_000)
    clockwork.received()
    vi.advanceTimersByTime(54_999)
    expect(heard).not.toContain('silent')
    vi.advanceTimersByTime(1)
    expect(heard.at(-1)).toBe('silent')
    const count = heard.length
    vi.advanceTimersByTime(600_000)
    expect(heard).toHaveLength(count)
  })

  test('[WR9] any byte is a sign of life, even when no ping is ever answered', () => {
    const { clockwork, heard } = start(4)
    for (let at = 0; at < 1_000; at += 5) {
      vi.advanceTimersByTime(5_000)
      clockwork.received()
    }
    expect(heard).not.toContain('silent')
    clockwork.stop()
  })

  test('[WR9] each PINGRESP answers the oldest ping', () => {
    const { clockwork, heard } = start(4)
    vi.advanceTimersByTime(30)
    clockwork.answered()
    clockwork.answered()
    expect(heard).toEqual(['ping', 'pinged 30'])
    clockwork.stop()
  })

  test('[WR9] without a keep alive there are no pings and silence is allowed', () => {
    const { heard } = start(0)
    vi.advanceTimersByTime(10_000_000)
    expect(heard).toEqual([])
  })
})

test('[WR9] a thread that is busy for longer than the keep alive does not end a link that lives', () => {
  const heard: string[] = []
  const clockwork = new KeepAlive(0.08, {
    ping: () => undefined,
    pinged: () => undefined,
    silent: () => heard.push('silent'),
  })
  const until = performance.now() + 400
  while (performance.now() < until);
  return new Promise<void>((resolve) => {
    // What had arrived meanwhile is seen before the next tick.
    setImmediate(() => clockwork.received())
    setTimeout(() => {
      expect(heard).toEqual([])
      clockwork.stop()
      resolve()
    }, 60)
  })
})

describe('on a link', () => {
  test('[WR9] a half-open link is noticed after about one and a half keep alives', async () => {
    const server = await startScriptedServer((packet, peer) => {
      if (packet.cmd === 'connect') peer.accept()
      if (packet.cmd === 'pingreq') peer.send({ cmd: 'pingresp' })
    })
    const proxy = await startFaultProxy(server.port)
    const probe = await new WireProbe(profileFor(proxy.port, { keepAlive: 1 })).untilConnected()
    await until(() => probe.pings.length >= 2)
    expect(probe.pings.every((roundTrip) => roundTrip >= 0)).toBe(true)
    const before = performance.now()
    proxy.setMode('stall')
    expect(await probe.untilEnded()).toEqual({ code: 'keep-alive-timeout', keepAlive: 1 })
    const after = performance.now() - before
    expect(after).toBeGreaterThan(900)
    expect(after).toBeLessThan(5_000)
    await proxy.close()
    await server.stop()
  })

  test('[WR9] a server that never answers a ping but goes on sending is not silent', async () => {
    const server = await startScriptedServer((packet, peer) => {
      if (packet.cmd !== 'connect') return
      peer.accept()
      // One byte of a PUBLISH at a time: there is never a whole packet.
      const flow = setInterval(() => peer.bytes(...(peer.frames.length === 0 ? [] : [97])), 100)
      peer.bytes(0x30, 0xff, 1, 0, 200)
      peer.socket.on('close', () => clearInterval(flow))
    })
    const probe = await new WireProbe(profileFor(server.port, { keepAlive: 1 })).untilConnected()
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(probe.ends).toEqual([])
    probe.wire.drop()
    await server.stop()
  })

  test('[WR9] the keep alive of the server is the one that counts', async () => {
    const server = await startScriptedServer((packet, peer) => {
      if (packet.cmd === 'connect') peer.accept({ properties: { serverKeepAlive: 1 } })
    })
    const probe = await new WireProbe(profileFor(server.port, { keepAlive: 60 })).untilConnected()
    expect(probe.connects[0]?.limits.serverKeepAlive).toBe(1)
    expect(await probe.untilEnded()).toEqual({ code: 'keep-alive-timeout', keepAlive: 1 })
    await server.stop()
  })
})
