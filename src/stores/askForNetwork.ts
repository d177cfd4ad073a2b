/**
 * Makes the browser ask for the permission that a WebSocket to this URL needs, and resolves when the user
 * has answered or nothing was asked. Chromium asks only where a page itself wants the network; a shared
 * worker is refused without a question. Never rejects; whatever listens there is hung up on at once.
 */
export function askForNetwork(url: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, ['mqtt'])
    socket.onopen = () => socket.close()
    socket.onclose = () => resolve()
  })
}
