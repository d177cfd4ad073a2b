import type { HttpAnswer } from '@/core/httpAnswer.ts'
import type { Milliseconds } from '@/core/units.ts'

/** The part of a worker's scope that knows where its page is from, and can ask there. */
type Scope = {
  location?: { origin: string }
  fetch?: (input: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'type'>>
}

/**
 * What the site's own server says to a plain GET at the place of a WebSocket: behind a proxy that tells a
 * wrong path from a broker that is down. Undefined where it says nothing in time, and for any other
 * server: a browser hides its answer, and would follow it to hosts that nobody has chosen. Never rejects.
 */
export async function siteAnswer(
  url: string,
  patience: Milliseconds,
  { location, fetch }: Scope = globalThis,
): Promise<HttpAnswer | undefined> {
  const place = new URL(url)
  place.protocol = place.protocol === 'wss:' ? 'https:' : 'http:'
  if (!fetch || place.origin !== location?.origin) return undefined
  try {
    const { status, type } = await fetch(place.href, {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    return type === 'opaqueredirect' ? 'redirect' : status
  } catch {
    return undefined
  }
}
