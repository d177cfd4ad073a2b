import type { Sleep } from './brake.ts'

/**
 * A sleep for this thread. `Atomics.wait` needs shared memory, which pages without isolation headers
 * only get from WebAssembly; where there is none, the sleep returns at once.
 */
export function createSleep(): Sleep {
  const cell = sharedCell()
  if (!cell) return () => undefined
  return (time) => void Atomics.wait(cell, 0, 0, time)
}

function sharedCell(): Int32Array | undefined {
  try {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    const cell = new Int32Array(buffer)
    // Throws where this thread must not wait.
    Atomics.wait(cell, 0, 0, 0)
    return cell
  } catch {
    return undefined
  }
}
