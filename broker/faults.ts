import type { Milliseconds } from '../src/core/units.ts'
import { returnCode } from './reason.ts'
import type { ProtocolLevel } from './protocolLevel.ts'

/** A refusal; for MQTT 3 clients a code below 6 is sent as it is, others as the nearest one. */
export type Refusal = { reasonCode: number; reasonString?: string; serverReference?: string }

/**
 * One misbehaviour, scripted by a test. Fields may be combined; where several faults concern the
 * same client, the one that was added first wins, field by field.
 */
export type Fault = {
  /** Concerns only the client with this id; absent: every client. */
  clientId?: string
  /** Instead of accepting: say nothing, close the transport, or refuse. */
  connack?: 'never' | 'close' | Refusal
  /** Answers the SUBSCRIBE of exactly this filter with the code (0x80 or more). */
  suback?: { filter: string; reasonCode: number }
  /** Answers the UNSUBSCRIBE of exactly this filter with the code, and keeps it; MQTT 3 clients are told nothing. */
  unsuback?: { filter: string; reasonCode: number }
  /** Refuses a PUBLISH to exactly this topic; MQTT 3 clients are told nothing. */
  puback?: { topic: string; reasonCode: number }
  /** PUBACK, PUBREC and PUBCOMP: never, or late by so much. */
  publishAcks?: 'never' | Milliseconds
  /** SUBACK and UNSUBACK: never, or late by so much. */
  subscribeAcks?: 'never' | Milliseconds
  pingresp?: 'never'
}

/** The faults that a broker has at the moment; a broker without any behaves. */
export class Faults {
  readonly #faults = new Set<Fault>()

  /** Adds a fault; the function it returns takes it away again. */
  add(fault: Fault): () => void {
    this.#faults.add(fault)
    return () => void this.#faults.delete(fault)
  }

  clear(): void {
    this.#faults.clear()
  }

  /** The given field for the client, or `undefined` when nothing is wrong with it. */
  of<Name extends keyof Fault>(clientId: string, name: Name): Fault[Name] | undefined {
    return this.#concerning(clientId).find((fault) => fault[name] !== undefined)?.[name]
  }

  /** The code with which the filter is denied, if it is. */
  suback(clientId: string, filter: string): number | undefined {
    const faults = this.#concerning(clientId)
    return faults.find((fault) => fault.suback?.filter === filter)?.suback?.reasonCode
  }

  /** The code with which the end of the filter is refused, if it is. */
  unsuback(clientId: string, filter: string): number | undefined {
    const faults = this.#concerning(clientId)
    return faults.find((fault) => fault.unsuback?.filter === filter)?.unsuback?.reasonCode
  }

  /** The code with which a message to the topic is refused, if it is. */
  puback(clientId: string, topic: string): number | undefined {
    const faults = this.#concerning(clientId)
    return faults.find((fault) => fault.puback?.topic === topic)?.puback?.reasonCode
  }

  #concerning(clientId: string): Fault[] {
    return [...this.#faults].filter(
      (fault) => fault.clientId === undefined || fault.clientId === clientId,
    )
  }
}

/** The code of a scripted CONNACK as the client's protocol writes it. */
export function connackCode(refusal: Refusal, level: ProtocolLevel): number {
  if (level === 5 || refusal.reasonCode < 6) return refusal.reasonCode
  return returnCode(refusal.reasonCode)
}
