import { describe, expect, test } from 'vitest'
import { developmentHeaders, headers, nginxHeaders } from './headers.mjs'

/** The directives of a policy, each with its values. */
function directives(policy: string | undefined): Record<string, string[]> {
  const entries = (policy ?? '').split('; ').map((directive) => {
    const [name = '', ...values] = directive.split(' ')
    return [name, values] as const
  })
  return Object.fromEntries(entries)
}

const policy = directives(headers['Content-Security-Policy'])

describe('the headers of the site', () => {
  test('[DP1] the policy allows exactly what MQTab needs', () => {
    expect(policy).toEqual({
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
      'trusted-types': ['vue', 'mqtab'],
    })
  })

  test('[DP1] nothing is inline, evaluated or from another host', () => {
    const values = Object.values(policy).flat()
    for (const value of values) expect(value).not.toMatch(/unsafe|http|\*|\./)
  })

  test('[DP1] development differs in inline style sheets and in nothing else', () => {
    const { 'Content-Security-Policy': development, ...others } = developmentHeaders
    expect(headers).toEqual({ ...others, 'Content-Security-Policy': expect.any(String) as string })
    expect(directives(development)).toEqual({
      ...policy,
      'style-src': ["'self'", "'unsafe-inline'"],
    })
  })

  test('[DP1] types are not guessed, and no address leaves with a referrer', () => {
    expect(headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
  })

  test('[DP1] no header could end its quotes or its line in the configuration of nginx', () => {
    for (const [name, value] of Object.entries(headers)) {
      expect(name).toMatch(/^[A-Za-z-]+$/)
      expect(value).not.toMatch(/["\\$\n]/)
    }
  })

  test('[DP1] nginx gets each of them, for errors as well', () => {
    const lines = Object.entries(headers).map(
      ([name, value]) => `add_header ${name} "${value}" always;`,
    )
    expect(nginxHeaders()).toBe(lines.map((line) => `${line}\n`).join(''))
  })
})
