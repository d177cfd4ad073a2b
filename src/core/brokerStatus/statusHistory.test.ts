import { describe, expect, test } from 'vitest'
import { StatusHistory } from './statusHistory.ts'
import type { SysValue } from './sysValue.ts'

/** Gives a history what a broker publishes at a time, as `topic → text` without `$SYS/`. */
class Rounds {
  readonly history = new StatusHistory()
  #seq = 0

  publish(time: number, texts: Record<string, string>, { retained = false, isWhole = false } = {}) {
    const values = Object.entries(texts).map(([topic, text]): SysValue => {
      return { topic: `$SYS/${topic}`, text, isCut: false, retained, time, seq: this.#seq++ }
    })
    this.history.take({ values, start: 0, letGo: 0 }, isWhole)
  }

  rates(counter: Parameters<StatusHistory['rates']>[0]) {
    return this.history.rates(counter).map(({ time, rate }) => [time, rate])
  }
}

const IN = 'broker/publish/messages/received'

describe('the history of a status', () => {
  test('[BS9] has the rate of mosquitto’s first round, by the uptimes', () => {
    const rounds = new Rounds()
    rounds.publish(4_000, { 'broker/uptime': '100 seconds', [IN]: '50' }, { retained: true })
    rounds.publish(9_000, { 'broker/uptime': '110 seconds', [IN]: '70' })
    rounds.publish(19_000, { 'broker/uptime': '120 seconds', [IN]: '80' })
    // Nothing was received in this round, so mosquitto does not say so.
    rounds.publish(29_000, { 'broker/uptime': '130 seconds' })
    expect(rounds.rates('messagesIn')).toEqual([
      [9_000, 2],
      [19_000, 1],
      [29_000, 0],
    ])
  })

  test('[BS9] does not trust uptimes of whole seconds that are near each other', () => {
    const rounds = new Rounds()
    rounds.publish(4_000, { 'broker/uptime': '100 seconds', [IN]: '50' }, { retained: true })
    rounds.publish(4_100, { 'broker/uptime': '101 seconds', [IN]: '70' })
    expect(rounds.rates('messagesIn')).toEqual([])
    rounds.publish(5_100, { 'broker/uptime': '102 seconds', [IN]: '75' })
    expect(rounds.rates('messagesIn')).toEqual([[5_100, 5]])
  })

  test('[BS9] adds up the rates of EMQX’s nodes', () => {
    const rounds = new Rounds()
    const topic = (node: string) => `brokers/${node}/metrics/bytes/sent`
    rounds.publish(0, { brokers: 'a,b' }, { retained: true })
    rounds.publish(1_000, { [topic('a')]: '100' })
    rounds.publish(2_000, { [topic('b')]: '100' })
    rounds.publish(61_000, { [topic('a')]: '700' })
    rounds.publish(62_000, { [topic('b')]: '1300' })
    expect(rounds.rates('bytesOut')).toEqual([[62_000, 30]])
    expect(rounds.rates('bytesIn')).toEqual([])
  })

  test('[BS9] breaks at a new connection, and keeps the rates of before', () => {
    const rounds = new Rounds()
    rounds.publish(0, { [IN]: '0' })
    rounds.publish(1_000, { [IN]: '3' })
    rounds.publish(50_000, { [IN]: '500' }, { isWhole: true })
    rounds.publish(51_000, { [IN]: '502' })
    expect(rounds.rates('messagesIn')).toEqual([
      [1_000, 3],
      [1_000, undefined],
      [51_000, 2],
    ])
    expect(rounds.history.size).toBe(1)
  })

  test('[BS6] has the latest value of each topic, in order, without those that gave way', () => {
    const { history } = new Rounds()
    const value = (topic: string, seq: number): SysValue => {
      return { topic, text: String(seq), isCut: false, retained: false, time: seq, seq }
    }
    history.take({ values: [value('b', 0), value('c', 1)], start: 0, letGo: 0 }, true)
    history.take({ values: [value('a', 2), value('b', 3)], start: 2, letGo: 1 }, false)
    expect(history.sorted().map(({ topic, text }) => [topic, text])).toEqual([
      ['a', '2'],
      ['b', '3'],
    ])
    expect(history.letGo).toBe(1)
    expect(history.summary()).toBeUndefined()
    expect(history.rates('messagesIn')).toEqual([])
  })
})
