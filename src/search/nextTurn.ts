/**
 * Resolves in the next turn of the event loop, so that what was posted in the meantime is heard. A timer
 * would wait for four milliseconds.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
