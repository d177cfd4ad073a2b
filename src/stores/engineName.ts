/** Where the pages of a browser agree on the engine that they share. */
const KEY = 'mqtab-engine'

/** The name of the worker that the pages of this browser share now. */
export function engineName(): string {
  return `mqtab-engine-${generation()}`
}

/**
 * Makes the next page start an engine of its own and leave this one alone, which hangs or has died: a
 * page that asks for a shared worker by the same name is given the same worker again, dead or not.
 * Does nothing where another page has done so already, since its new engine may be well.
 */
export function abandonEngine(name: string): void {
  if (name !== engineName()) return
  try {
    localStorage.setItem(KEY, String(generation() + 1))
  } catch {
    // Storage is denied or full; then a reload is all that there is.
  }
}

function generation(): number {
  try {
    const stored = Number(localStorage.getItem(KEY))
    return Number.isSafeInteger(stored) ? stored : 0
  } catch {
    return 0
  }
}
