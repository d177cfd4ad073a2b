import { computed, shallowRef, type WritableComputedRef } from 'vue'

/** Pixels. */
export type Bounds = { min: number; max: number }

/**
 * The size of a pane in pixels, within bounds that may follow the window, kept in this browser under
 * `name`. It belongs to the window and not to the user's data, so it does not go through the engine.
 * Where storage is denied it lasts for the visit.
 */
export function useRememberedSize(
  name: string,
  initial: number,
  bounds: () => Bounds,
): WritableComputedRef<number> {
  const key = `mqtab.size.${name}`
  const wanted = shallowRef(read(key) ?? initial)
  return computed({
    get: () => {
      const { min, max } = bounds()
      return Math.max(min, Math.min(wanted.value, max))
    },
    set: (pixels) => {
      wanted.value = pixels
      write(key, pixels)
    },
  })
}

function read(key: string): number | undefined {
  try {
    const text = localStorage.getItem(key)
    const pixels = text === null ? Number.NaN : Number(text)
    return Number.isFinite(pixels) ? pixels : undefined
  } catch {
    // Access itself throws where cookies are blocked.
    return undefined
  }
}

function write(key: string, pixels: number): void {
  try {
    localStorage.setItem(key, String(pixels))
  } catch {
    // Denied or full: the size is only a convenience.
  }
}
