import path from 'node:path'
import { test } from '../fixtures/test.ts'
import { WIDTHS } from '../fixtures/widths.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../test-results/pictures')

export type Variant = {
  /** Such as `light-1440`. */
  variant: string
  isNarrow: boolean
  /** Where the picture with this name lies. */
  pathOf: (name: string) => string
}

/** Declares the same pictures light and dark, at a desk and on a phone. */
export function inAllVariants(declare: (of: Variant) => void): void {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of WIDTHS) {
      const variant = `${colorScheme}-${viewport.width}`
      test.describe(variant, () => {
        test.use({ colorScheme, viewport })
        declare({
          variant,
          isNarrow: width === 'narrow',
          pathOf: (name) => path.join(FOLDER, `${name}-${variant}.png`),
        })
      })
    }
  }
}
