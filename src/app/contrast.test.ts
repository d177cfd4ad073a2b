import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const THEMES = ['light', 'dark'] as const
const TEXT_CONTRAST = 4.5
/** Of shapes that carry meaning (WCAG 2.2, 1.4.11). */
const SHAPE_CONTRAST = 3

const css = readFileSync(new URL('main.css', import.meta.url), 'utf8')

/** The tokens of main.css: name → the two values of `light-dark()`. */
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

/** Relative luminance (WCAG 2.2), 0 for black to 1 for white. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The pairs of `names` × `grounds` that are below `least` in either theme, in words. */
function tooFaint(names: readonly string[], grounds: readonly string[], least: number): string[] {
  return names.flatMap((name) =>
    grounds.flatMap((ground) =>
      THEMES.flatMap((theme) => {
        const ratio = contrast(tokens.get(name)?.[theme] ?? '', tokens.get(ground)?.[theme] ?? '')
        return ratio >= least ? [] : [`${name} on ${ground}, ${theme}: ${ratio.toFixed(2)}`]
      }),
    ),
  )
}

const grounds = ['sunken', 'page', 'surface', 'raised', 'accent-soft', 'sent']
const named = (part: string) => [...tokens.keys()].filter((name) => name.startsWith(part))

describe('contrast of the tokens', () => {
  it('[UI1] text of every colour is readable on every ground in both themes', () => {
    const text = ['ink', 'quiet', 'accent', 'accent-strong', 'good', 'warn', 'danger']
    expect(tooFaint([...text, ...named('json-')], grounds, TEXT_CONTRAST)).toEqual([])
  })

  it('[UI1] text on a tint of its own colour, and on the accent, is readable in both themes', () => {
    for (const tone of ['good', 'warn', 'danger', 'accent']) {
      expect(tooFaint([tone, 'ink', 'quiet'], [`${tone}-soft`], TEXT_CONTRAST)).toEqual([])
    }
    expect(tooFaint(['accent-ink'], ['accent', 'accent-strong'], TEXT_CONTRAST)).toEqual([])
    expect(tooFaint(['ink', 'warn', ...named('json-')], ['found'], TEXT_CONTRAST)).toEqual([])
  })

  it('[UI2] a subscription’s edge stands out from every ground in both themes', () => {
    expect(named('sub-')).toHaveLength(8)
    expect(tooFaint(named('sub-'), grounds, SHAPE_CONTRAST)).toEqual([])
  })
})
