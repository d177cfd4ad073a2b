/** What a hostile broker does to a client, by packets of MQTT 5. A text is sent as one. */
export type HostileScript = {
  /** Part of what the page says of it. */
  words: string | RegExp
  /** Sent as soon as the WebSocket is open, before the CONNECT. */
  atOnce?: number[]
  /** Sent after the CONNECT. */
  afterConnect?: number[] | string
  /** Sent after a SUBSCRIBE; the two bytes behind the first two are replaced by its identifier. */
  afterSubscribe?: number[]
  /** Answers the request for a WebSocket with 404. */
  isNoWebSocket?: true
}

const ACCEPT = [0x20, 3, 0, 0, 0]

/** By the last part of their path. */
export const HOSTILE_SCRIPTS: Readonly<Record<string, HostileScript>> = {
  'nothing-here': { isNoWebSocket: true, words: 'Could not reach 127.0.0.1' },
  text: { afterConnect: 'Hello!', words: 'What was wrong: a text message' },
  flags: { afterConnect: [0x20, 3, 0xff, 0, 0], words: 'CONNACK with wrong flags' },
  'unknown-code': { afterConnect: [0x20, 3, 0, 0xfe, 0], words: /The broker refused:.*254/ },
  'unknown-property': {
    afterConnect: [0x20, 5, 0, 0, 2, 99, 0],
    words: 'a packet with malformed properties',
  },
  'long-length': {
    afterConnect: [0x30, 0xff, 0xff, 0xff, 0xff, 1],
    words: 'remaining length of more than four bytes',
  },
  'early-message': {
    atOnce: [0x30, 4, 0, 1, 0x61, 0],
    words: 'PUBLISH before CONNACK',
  },
  twice: { afterConnect: [...ACCEPT, ...ACCEPT], words: 'a second CONNACK' },
  'bad-topic': {
    afterConnect: [...ACCEPT, 0x30, 5, 0, 2, 0xc3, 0x28, 0],
    words: 'PUBLISH with a topic that is not UTF-8',
  },
  'qos-3': { afterConnect: [...ACCEPT, 0x36, 6, 0, 1, 0x61, 0, 1, 0], words: 'PUBLISH with QoS 3' },
  auth: { afterConnect: [...ACCEPT, 0xf0, 2, 0x18, 0], words: 'AUTH that was not asked for' },
  'many-codes': {
    afterConnect: ACCEPT,
    afterSubscribe: [0x90, 6, 0, 0, 0, 0, 0, 0],
    words: 'SUBACK with 3 codes for 1 filters',
  },
}
