import { expect, test } from 'vitest'
import type { SysValue } from '@/core/brokerStatus/sysValue.ts'
import { filterValues } from './filterValues.ts'

function value(topic: string, text: string): SysValue {
  return { topic, text, isCut: false, retained: false, time: 0, seq: 0 }
}

test('[BS10] topics are narrowed by their name or their value, in capitals or not', () => {
  const values = [value('$SYS/broker/version', 'Mosquitto 2'), value('$SYS/broker/uptime', '7')]
  const topics = (text: string) => filterValues(values, text).map(({ topic }) => topic)
  expect(filterValues(values, ' ')).toBe(values)
  expect(topics('UPTIME')).toEqual(['$SYS/broker/uptime'])
  expect(topics('mosquitto')).toEqual(['$SYS/broker/version'])
  expect(topics('version mosquitto')).toEqual([])
})
