import { shallowRef, watch, type Ref } from 'vue'

/**
 * The size of a pane in pixels, kept in this browser under `name`. It belongs to the window and not to
 * the user's data, so it does not go through the engine. Where storage is denied it lasts for the visit.
 */
export function useRememberedSize(name: string, initial: number): Ref<number> {
  const key = `mqtab.size.${name}`
  const size = shallowRef(read(key) ?? initial)
  watch(size, (pixels) => write(key, pixels))
  return size
}

function read(key: string): number | undefined {
  try {
    const pixels = Number(localStorage.getItem(key) ?? Number.NaN)
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
