import type { Delays } from './delays.ts'
import type { Client } from './hooks.ts'
import type { Hub } from './hub.ts'
import { newMessage } from './message.ts'
import type { AckPacket } from './packet.ts'
import type { Link } from './link.ts'
import type { PublishPacket } from './publishPacket.ts'
import { REASON, Violation } from './reason.ts'
import type { Session } from './session.ts'
import { topicIssue } from '../src/core/topic.ts'

/** The messages that one connection publishes, and their acknowledgements (MQTT 5.0 §4.3). */
export class Inbound {
  readonly #hub: Hub
  readonly #session: Session
  readonly #client: Client
  readonly #link: Link
  readonly #delays: Delays
  readonly #aliases = new Map<number, string>()
  /** Received over this connection and not acknowledged: what our receive maximum counts (§4.9). */
  readonly #open = new Set<number>()

  constructor(hub: Hub, session: Session, client: Client, link: Link, delays: Delays) {
    this.#hub = hub
    this.#session = session
    this.#client = client
    this.#link = link
    this.#delays = delays
  }

  /** Throws a `Violation` for a message that the client must not send. */
  publish(packet: PublishPacket): void {
    const topic = this.#topic(packet)
    this.#check(packet, topic)
    const { qos, messageId } = packet
    if (qos > 0) this.#count(messageId)
    if (qos === 2 && this.#session.unreleased.has(messageId)) {
      this.#answer({ cmd: 'pubrec', messageId, reasonCode: REASON.success })
      return
    }
    const reasonCode = this.#refusal(topic) ?? this.#route(packet, topic)
    if (qos === 1) this.#answer({ cmd: 'puback', messageId, reasonCode })
    if (qos === 2) {
      // An MQTT 3 client cannot learn of the refusal, so its flow goes on as if there were none.
      if (reasonCode < 0x80 || this.#link.level < 5) this.#session.unreleased.add(messageId)
      this.#answer({ cmd: 'pubrec', messageId, reasonCode })
    }
  }

  /** PUBREL: the identifier may be used for another message now. */
  release(messageId: number): void {
    const found = this.#session.unreleased.delete(messageId)
    const reasonCode = found ? REASON.success : REASON.packetIdentifierNotFound
    this.#answer({ cmd: 'pubcomp', messageId, reasonCode })
  }

  /** The topic, through the alias if there is one (§3.3.2.3.4). */
  #topic(packet: PublishPacket): string {
    const alias = packet.properties.topicAlias
    if (alias === undefined) return packet.topic
    if (alias === 0 || alias > this.#hub.limits.topicAliasMaximum) {
      throw new Violation(REASON.topicAliasInvalid, `The topic alias is ${alias}`)
    }
    if (packet.topic !== '') this.#aliases.set(alias, packet.topic)
    const topic = this.#aliases.get(alias)
    if (topic === undefined) {
      throw new Violation(REASON.protocolError, `The topic alias ${alias} means nothing yet`)
    }
    return topic
  }

  #check(packet: PublishPacket, topic: string): void {
    const { maximumQoS, retainAvailable } = this.#hub.limits
    const { responseTopic, subscriptionIdentifiers } = packet.properties
    if (topic === '') throw new Violation(REASON.protocolError, 'The topic is empty')
    if (topicIssue(topic) !== undefined)
      throw new Violation(REASON.topicNameInvalid, 'Not a topic name')
    if (packet.qos > maximumQoS) {
      throw new Violation(REASON.qosNotSupported, `QoS ${packet.qos} is not supported`)
    }
    if (packet.retain && !retainAvailable) {
      throw new Violation(REASON.retainNotSupported, 'Retain is not supported')
    }
    if (subscriptionIdentifiers !== undefined) {
      throw new Violation(REASON.protocolError, 'A client sent a subscription identifier')
    }
    if (responseTopic !== undefined && topicIssue(responseTopic) !== undefined) {
      throw new Violation(REASON.protocolError, 'The response topic is not a topic name')
    }
  }

  /** MQTT 3 has no receive maximum, so only MQTT 5 clients can exceed it (§3.3.4). */
  #count(messageId: number): void {
    this.#open.add(messageId)
    if (this.#link.level === 5 && this.#open.size > this.#hub.limits.receiveMaximum) {
      throw new Violation(REASON.receiveMaximumExceeded, 'Too many messages at a time')
    }
  }

  #refusal(topic: string): number | undefined {
    const scripted = this.#hub.faults.puback(this.#client.clientId, topic)
    if (scripted !== undefined) return scripted
    return this.#hub.hooks.mayPublish(this.#client, topic) ? undefined : REASON.notAuthorized
  }

  #route(packet: PublishPacket, topic: string): number {
    const { payload, qos, retain } = packet
    const properties = { ...packet.properties }
    delete properties.topicAlias
    const publisher = this.#client.clientId
    const message = { topic, payload, qos, retain, properties, publisher }
    const receivers = this.#hub.publish(newMessage(message, this.#hub.clock))
    return receivers === 0 ? REASON.noMatchingSubscribers : REASON.success
  }

  #answer(packet: AckPacket & { messageId: number; reasonCode: number }): void {
    const late = this.#hub.faults.of(this.#client.clientId, 'publishAcks')
    this.#delays.run(late, () => {
      const ends = packet.cmd !== 'pubrec' || packet.reasonCode >= 0x80
      if (ends) this.#open.delete(packet.messageId)
      this.#link.send(packet)
    })
  }
}
