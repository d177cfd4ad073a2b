import type { WebSocket } from 'ws'
import type { Broker } from '../broker.ts'

/** Attaches one open WebSocket to the broker. */
export function attachWebSocket(broker: Broker, socket: WebSocket): void {
  const connection = broker.attach({
    write: (bytes) => socket.send(bytes),
    close: () => socket.close(),
    unsent: () => socket.bufferedAmount,
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // MQTT in text frames is an error (MQTT 5.0 §6.0); 1003: cannot accept this type of data.
    if (isBinary) connection.data(data)
    else socket.close(1003)
  })
  socket.on('close', () => connection.closed())
  // The close event follows and says all that matters.
  socket.on('error', () => undefined)
}
