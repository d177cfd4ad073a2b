/** The part of a worker's scope that tells what its content security policy has refused. */
type Scope = {
  addEventListener?: (type: string, listener: (event: Event) => void) => void
  removeEventListener?: (type: string, listener: (event: Event) => void) => void
}

/**
 * Calls `refused` when the content security policy of the site keeps the browser from opening `url`.
 * Nothing else tells: in a worker the WebSocket stays as it is, without any event. The function that it
 * returns ends the watch.
 */
export function watchPolicy(
  url: string,
  refused: () => void,
  scope: Scope = globalThis,
): () => void {
  const listener = (event: Event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent
    // Browsers may leave the path out.
    const isOurs = blockedURI !== '' && url.startsWith(blockedURI.replace(/\/$/, ''))
    if (effectiveDirective === 'connect-src' && isOurs) refused()
  }
  scope.addEventListener?.('securitypolicyviolation', listener)
  return () => scope.removeEventListener?.('securitypolicyviolation', listener)
}
