/** A WebSocket URL in the parts that may be shown. */
export type Place = {
  /** Host and port. */
  place: string
  port: string
  /** Without the query, which often holds a token. */
  path: string
  /** Where the same server would be visited over http or https. */
  origin: string
  isSecure: boolean
}

/** Takes a URL apart; undefined when it is none. Credentials and the query are left behind. */
export function placeOf(url: string): Place | undefined {
  let parts: URL
  try {
    parts = new URL(url)
  } catch {
    return undefined
  }
  const isSecure = parts.protocol === 'wss:'
  const port = parts.port === '' ? (isSecure ? '443' : '80') : parts.port
  const place = `${parts.hostname}:${port}`
  const origin = `${isSecure ? 'https' : 'http'}://${place}`
  return { place, port, path: parts.pathname, origin, isSecure }
}

/** A text that was meant as a URL, without what could be a secret in it. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, '')
}
