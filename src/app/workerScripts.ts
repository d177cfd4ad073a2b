import engineUrl from '@/engine/engine.worker.ts?worker&url'
import searchUrl from '@/search/search.worker.ts?worker&url'

/** The part of the Trusted Types API that is used here; Firefox and Safari may lack all of it. */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): URL }
}

/**
 * The URLs of the workers' scripts in the form that the worker constructors accept under Trusted Types.
 * The policy `mqtab`, which this makes, lets only URLs of the page's own origin pass. Call it once.
 */
export function workerScripts(): { engine: URL; search: URL } {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const rules = { createScriptURL: sameOrigin }
  // What comes out is a TrustedScriptURL, which the constructors take wherever they take a URL.
  const policy = trustedTypes?.createPolicy('mqtab', rules)
  const trusted = (url: string) => (policy ? policy.createScriptURL(url) : new URL(sameOrigin(url)))
  return { engine: trusted(engineUrl), search: trusted(searchUrl) }
}

/** The absolute form of a URL of the page's own origin; throws a TypeError for any other. */
function sameOrigin(text: string): string {
  const url = new URL(text, location.href)
  if (url.origin !== location.origin) throw new TypeError(`Not of this site: ${text}`)
  return url.href
}
