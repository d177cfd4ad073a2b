import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { PROPERTIES as INSPECTED } from '../src/core/packet/propertyTable.ts'
import { REASON_CODES, reasonOf, type ReasonPacket } from '../src/core/reasonCode.ts'
import { en } from '../src/i18n/en.ts'
import { PROPERTIES, SENDERS, SERVER_CODES, SERVER_PROPERTIES } from './protocolFacts.ts'

/** What stands under `Set` where no client may send it. */
const SERVER = 'the server'

/** What stands under `Set` where MQTab could send it and does not. */
const NEVER = 'never'

/** A place is a name on the screen. */
const PLACE = /`[^`]+`/

/** Where something is set: in a place, or without one. */
const SET = /^never$|^by itself\b|`[^`]+`/

const DOCUMENT = readFileSync(new URL('../docs/protocol.md', import.meta.url), 'utf8')

type Row = { heading: string; facts: string[]; set: string; seen: string }

/** The rows of all tables whose last columns are Set and Seen. */
const ROWS: readonly Row[] = DOCUMENT.split(/^#+ /m).flatMap((section) => {
  const [heading = '', ...lines] = section.split('\n')
  const cells = lines.filter((line) => line.startsWith('|')).map(cellsOf)
  if (cells[0]?.at(-1) !== 'Seen') return []
  return cells.slice(2).map((row) => {
    return { heading, facts: row.slice(0, -2), set: row.at(-2) ?? '', seen: row.at(-1) ?? '' }
  })
})

/** Names by code, as mqtt-packet has them. */
type Names = Readonly<Record<string, string>>

/** The constants of mqtt-packet: an independent reading of the same tables. */
const CONSTANTS = createRequire(import.meta.url)('mqtt-packet/constants.js') as {
  propertiesCodes: Names
  propertiesTypes: Names
  MQTT5_PUBACK_PUBREC_CODES: Names
  MQTT5_PUBREL_PUBCOMP_CODES: Names
  MQTT5_SUBACK_CODES: Names
  MQTT5_UNSUBACK_CODES: Names
  MQTT5_DISCONNECT_CODES: Names
  MQTT5_AUTH_CODES: Names
}

const TYPES: Record<string, string> = {
  byte: 'Byte',
  int8: 'Byte',
  int16: 'Two Byte Integer',
  int32: 'Four Byte Integer',
  var: 'Variable Byte Integer',
  string: 'UTF-8 Encoded String',
  pair: 'UTF-8 String Pair',
  binary: 'Binary Data',
}

/** The packet that a row is about. */
function packetOf({ heading, facts }: Pick<Row, 'heading' | 'facts'>): keyof typeof SENDERS {
  return (facts[3] ?? heading.split(',')[0]) as keyof typeof SENDERS
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function hex(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(2, '0')}`
}

function codesOf(packet: ReasonPacket): [code: number, name: string][] {
  return REASON_CODES.filter(([, , packets]) => packets.split(' ').includes(packet)).map(
    ([code, name]) => [code, name],
  )
}

const PACKETS = [...new Set(REASON_CODES.flatMap(([, , packets]) => packets.split(' ')))]

test.each(PACKETS as ReasonPacket[])('[CK4] every reason code of %s has its row', (packet) => {
  const listed = ROWS.filter(({ heading }) => heading.startsWith(`${packet}, MQTT 5.0 §`))
  const wanted = codesOf(packet).map(([code, name]) => [hex(code), name])
  expect(listed.map(({ facts }) => facts)).toEqual(wanted)
  const { section } = reasonOf({ code: codesOf(packet)[0]?.[0] ?? 0, packet, version: '5.0' })
  expect(listed[0]?.heading).toBe(`${packet}, ${section}`)
})

test.each([
  ['CONNACK', 'MQTT 3.1.1 §3.2.2.3', [0, 1, 2, 3, 4, 5]],
  ['SUBACK', 'MQTT 3.1.1 §3.9.3', [0, 1, 2, 0x80]],
] as const)('[CK4] every code of %s in MQTT 3.1.1 has its row', (packet, section, codes) => {
  const listed = ROWS.filter(({ heading }) => heading === `${packet}, ${section}`)
  const wanted = codes.map((code) => {
    const reason = reasonOf({ code, packet, version: '3.1.1' })
    expect(reason.section).toBe(section)
    return [hex(code), reason.name]
  })
  expect(listed.map(({ facts }) => facts)).toEqual(wanted)
})

test('[CK4] every property of every packet has its row', () => {
  const listed = ROWS.filter(({ heading }) => heading.startsWith('Properties'))
  const wanted = PROPERTIES.flatMap(([id, name, type, packets]) =>
    packets.split(' ').map((packet) => [hex(id), name, type, packet]),
  )
  expect(listed.map(({ facts }) => facts)).toEqual(wanted)
})

test.each(ROWS)('[CK4] $heading, $facts: a place, or “never”', ({ heading, facts, set, seen }) => {
  const [id = '', , , carrier] = facts
  const packet = packetOf({ heading, facts })
  const onlyServer =
    SENDERS[packet] === 'server' ||
    (carrier
      ? SERVER_PROPERTIES.includes(`${id} ${packet}`)
      : SERVER_CODES[packet]?.includes(Number(id)) === true)
  expect(set === SERVER).toBe(onlyServer)
  if (!onlyServer) expect(set).toMatch(SET)
  expect(seen).toMatch(PLACE)
})

test('[CK4] what is never sent in a packet has its reason', () => {
  const reasons = DOCUMENT.split(/^## /m).find((part) => part.startsWith('What is never sent'))
  const packets = ROWS.filter(({ set }) => set === NEVER).map(packetOf)
  for (const packet of packets) expect(reasons).toMatch(new RegExp(`\\b${packet}\\b`))
})

test('[CK4] every name of the screen in the table is in the English words', () => {
  const words = JSON.stringify(en)
  for (const { set, seen } of ROWS) {
    for (const [, name = ''] of `${set} ${seen}`.matchAll(/`([^`]+)`/g)) {
      expect(words.includes(name), name).toBe(true)
    }
  }
})

test('[RC2] the table of reason codes agrees with that of mqtt-packet', () => {
  const known: [Names, ReasonPacket[]][] = [
    [CONSTANTS.MQTT5_PUBACK_PUBREC_CODES, ['PUBACK', 'PUBREC']],
    [CONSTANTS.MQTT5_PUBREL_PUBCOMP_CODES, ['PUBREL', 'PUBCOMP']],
    [CONSTANTS.MQTT5_SUBACK_CODES, ['SUBACK']],
    [CONSTANTS.MQTT5_UNSUBACK_CODES, ['UNSUBACK']],
    [CONSTANTS.MQTT5_DISCONNECT_CODES, ['DISCONNECT']],
    [CONSTANTS.MQTT5_AUTH_CODES, ['AUTH']],
  ]
  for (const [names, packets] of known) {
    const theirs = Object.entries(names).map(([code, name]): [number, string] => [
      Number(code),
      name,
    ])
    for (const packet of packets) {
      // §2.4 lets DISCONNECT carry 0x8C, and §3.14.2.1 leaves it out.
      const ours = codesOf(packet).filter(([code]) => packet !== 'DISCONNECT' || code !== 0x8c)
      expect(lowerCased(ours), packet).toEqual(lowerCased(theirs))
    }
  }
})

function lowerCased(codes: [number, string][]) {
  return codes.map(([code, name]) => [code, name.toLowerCase()])
}

test('[CK4] the table of properties agrees with that of the inspector and of mqtt-packet', () => {
  const inspected = Object.entries(INSPECTED).map(([id, { name }]) => [Number(id), name])
  expect(PROPERTIES.map(([id, name]) => [id, name])).toEqual(inspected)

  const theirs = Object.entries(CONSTANTS.propertiesCodes).map(([id, name]) => [
    Number(id),
    TYPES[CONSTANTS.propertiesTypes[name] ?? ''],
  ])
  expect(PROPERTIES.map(([id, , type]) => [id, type])).toEqual(theirs)
})
