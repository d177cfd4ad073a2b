import type { QoS } from './message.ts'
import { NO_PROPERTIES, type PropertyFields } from './propertyFields.ts'

/** How a payload is typed and shown. The bytes are the same under each. */
export const PAYLOAD_TYPES = ['plaintext', 'json', 'base64', 'hex'] as const

export type PayloadType = (typeof PAYLOAD_TYPES)[number]

/** `auto` shows JSON as JSON, other valid UTF-8 as plaintext and the rest as hex. */
export type PayloadView = 'auto' | PayloadType

/** How close messages stand: as bubbles, or as a table with one line for each. */
export const LIST_DENSITIES = ['bubbles', 'table'] as const

export type ListDensity = (typeof LIST_DENSITIES)[number]

/** How the time of a message is shown; `since` is the time since the message before it of its topic. */
export const ROW_TIMES = ['local', 'utc', 'since'] as const

export type RowTimes = (typeof ROW_TIMES)[number]

/** What the panes of one connection remember between visits. */
export type Draft = {
  topic: string
  /** The text as typed, which need not be valid for its type. */
  payload: string
  type: PayloadType
  qos: QoS
  retain: boolean
  /** Sent on MQTT 5 only. */
  properties: PropertyFields
  /** How the message pane shows received payloads. */
  view: PayloadView
  density: ListDensity
  times: RowTimes
}

export const BLANK_DRAFT: Draft = {
  topic: '',
  payload: '',
  type: 'json',
  qos: 0,
  retain: false,
  properties: NO_PROPERTIES,
  view: 'auto',
  density: 'bubbles',
  times: 'local',
}
