import { generate, parser, type Packet, type Parser } from 'mqtt-packet'
import { ByteReader } from './byteReader.ts'
import type { Frame } from './frames.ts'
import type { ClientPacket, ServerPacket } from './packet.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { checkProperties } from './propertyCheck.ts'
import { decodePublish, encodePublish } from './publishPacket.ts'
import { REASON, Violation } from './reason.ts'
import { readWill } from './will.ts'

const CONNECT = 1
const PUBLISH = 3

/**
 * Reads the packets of one client. The CONNECT must come first; it sets the protocol level by which
 * the others are read.
 */
export class PacketDecoder {
  readonly #parser: Parser = parser()
  #level: ProtocolLevel | undefined
  #packet: Packet | undefined
  #problem: string | undefined

  constructor() {
    this.#parser.on('packet', (packet) => (this.#packet = packet))
    this.#parser.on('error', (error: unknown) => (this.#problem = String(error)))
  }

  /** What the CONNECT said, as soon as that much of it was readable. */
  get level(): ProtocolLevel | undefined {
    return this.#level
  }

  /** Throws a `Violation` for a packet that is malformed, or that no client may send. */
  decode(frame: Frame): ClientPacket {
    const type = frame.header >> 4
    if (type === CONNECT) this.#level = protocolLevel(frame)
    if (this.#level === undefined) {
      throw new Violation(REASON.protocolError, 'The first packet is not a CONNECT')
    }
    if (type === PUBLISH) return decodePublish(frame, this.#level)
    return checked(this.#parse(frame), frame, this.#level)
  }

  #parse(frame: Frame): Packet {
    this.#packet = undefined
    this.#problem = undefined
    try {
      // The parser's types ask for a Buffer, but its BufferList takes any Uint8Array.
      this.#parser.parse(frame.whole as Buffer)
    } catch (error) {
      this.#problem = String(error)
    }
    const packet = this.#packet as Packet | undefined
    const problem = this.#problem
    if (packet === undefined || problem !== undefined) {
      throw new Violation(REASON.malformedPacket, problem ?? 'The packet ends too early')
    }
    return packet
  }
}

/** The level in the variable header of a CONNECT (§3.1.2.2); MQTT 3.1 has another protocol name. */
function protocolLevel(frame: Frame): ProtocolLevel {
  const reader = new ByteReader(frame.body)
  const name = reader.text()
  const level = reader.byte()
  if (name === 'MQIsdp' && level === 3) return 3
  if (name === 'MQTT' && (level === 4 || level === 5)) return level
  throw new Violation(REASON.unsupportedProtocolVersion, `${name} ${level} is not supported`)
}

function checked(packet: Packet, frame: Frame, level: ProtocolLevel): ClientPacket {
  switch (packet.cmd) {
    case 'connect':
      checkProperties('connect', packet.properties)
      return { ...packet, will: readWill(frame, level) }
    case 'puback':
    case 'pubrec':
    case 'pubrel':
    case 'pubcomp':
    case 'subscribe':
    case 'unsubscribe':
      checkProperties(packet.cmd, packet.properties)
      if ((packet.messageId ?? 0) < 1) {
        throw new Violation(REASON.protocolError, `A ${packet.cmd} has no packet identifier`)
      }
      return packet
    case 'disconnect':
    case 'auth':
      checkProperties(packet.cmd, packet.properties)
      return packet
    case 'pingreq':
      return packet
    case 'publish':
    case 'connack':
    case 'suback':
    case 'unsuback':
    case 'pingresp':
      throw new Violation(REASON.protocolError, `A client must not send ${packet.cmd}`)
    default:
      throw new Violation(REASON.malformedPacket, 'The packet type is reserved')
  }
}

/** The bytes of a packet for a client of the given protocol level. */
export function encode(packet: ServerPacket, level: ProtocolLevel): Uint8Array {
  if (packet.cmd === 'publish') return encodePublish(packet, level)
  return generate(packet, { protocolVersion: level })
}
