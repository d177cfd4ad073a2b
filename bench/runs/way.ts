import { startMosquitto } from '../../broker/node/mosquitto.ts'
import type { Flow, FlowResult } from '../source/orders.ts'
import type { PacketSource } from '../source/packetSource.ts'

/** Through mosquitto, which keeps so many messages unacknowledged; absent: from the source itself. */
export type Through = { mosquitto: { inFlight: number } }

/** The way that messages take to the browser. */
export class Way {
  /** Where the browser connects. */
  readonly port: number
  /** Sends messages on it. */
  readonly flow: (flow: Flow) => Promise<FlowResult>
  readonly close: () => Promise<void>

  private constructor(parts: Pick<Way, 'port' | 'flow' | 'close'>) {
    this.port = parts.port
    this.flow = parts.flow
    this.close = parts.close
  }

  static async open(source: PacketSource, through: Through | undefined): Promise<Way> {
    if (!through) {
      return new Way({
        port: source.port,
        flow: (flow) => source.flow(flow),
        close: () => Promise.resolve(),
      })
    }
    const { inFlight } = through.mosquitto
    const mosquitto = await startMosquitto({
      ws: true,
      isQuiet: true,
      config: ['max_queued_messages 0', `max_inflight_messages ${inFlight}`],
    })
    return new Way({
      port: mosquitto.wsPort ?? 0,
      // What reaches mosquitto over TCP is MQTT 3.1.1, whatever the receiver speaks.
      flow: (flow) =>
        source.feed(mosquitto.tcpPort, { ...flow, shape: { ...flow.shape, version: 4 } }),
      close: () => mosquitto.stop(),
    })
  }
}
