/** What the bench and the process of the packet source say to each other. */

/** How the messages are made. */
export type Shape = {
  payloadBytes: number
  /** PUBLISH packets in a WebSocket frame; divides 4,096. */
  perFrame: number
  qos: 0 | 1
  /** The version of MQTT that the receiver speaks. */
  version: 4 | 5
}

export type Flow = {
  shape: Shape
  /** Messages a second; absent: as many as the receiver takes. */
  rate?: number
  /** Ends it after so many messages, a multiple of those in a frame. */
  count?: number
  /** Ends it after so long. */
  seconds?: number
  /** Of QoS 1, how many may be unacknowledged. */
  window?: number
}

export type FlowResult = {
  /** Messages sent in this flow, and since the source started. */
  sent: number
  total: number
  /** Milliseconds since 1970. */
  startedAt: number
  finishedAt: number
  /** Acknowledgements that came, and those that were not for the message next in order. */
  acknowledged: number
  disordered: number
  /** Processor time of the source, in microseconds. */
  cpu: number
}

export type Order =
  /** To the WebSocket that subscribed last. */
  | { type: 'flow'; flow: Flow }
  /** To a broker at a TCP port of this machine, as a client of its. */
  | { type: 'feed'; port: number; flow: Flow }
  /** One message with a payload of so many bytes. */
  | { type: 'giant'; payloadBytes: number }

export type Report = { type: 'listening'; port: number } | { type: 'finished'; result: FlowResult }
