/**
 * The response headers of the site, in the one place that the preview server, the tests' server and
 * nginx take them from. Plain JavaScript, because the container build runs it with Node 20.
 */

/** Nothing is allowed that is not named. `wss:` and `ws:` stay open: the reader chooses the broker. */
const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  // `vue` is the policy of Vue's runtime, `mqtab` ours for the URLs of our workers.
  'trusted-types': ['vue', 'mqtab'],
}

function writePolicy(directives) {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/**
 * Sent with every response. Cross-Origin-Opener-Policy is left out on purpose: on plain http, where
 * MQTab must work too, browsers ignore it and write an error into the console.
 *
 * @type {Record<string, string>}
 */
export const headers = {
  'Content-Security-Policy': writePolicy(policy),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/**
 * The same for Vite's development server, which puts style sheets into the page as `<style>`.
 *
 * @type {Record<string, string>}
 */
export const developmentHeaders = {
  ...headers,
  'Content-Security-Policy': writePolicy({
    ...policy,
    'style-src': ["'self'", "'unsafe-inline'"],
  }),
}

/** The headers as directives of nginx. `always` sends them with errors as well. */
export function nginxHeaders() {
  return Object.entries(headers)
    .map(([name, value]) => `add_header ${name} "${value}" always;\n`)
    .join('')
}
