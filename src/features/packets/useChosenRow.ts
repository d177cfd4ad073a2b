import type { TraceLine } from './packetLines.ts'

type Choice = {
  lines: () => readonly TraceLine[]
  /** The place of the chosen one; undefined while none in the list is. */
  chosen: () => number | undefined
  /** So many rows are a screen. */
  page: () => number
  choose: (seq: number) => void
}

/** What the keys do that move through a list: the handler for them. Notes are passed over. */
export function useChosenRow({ lines, chosen, page, choose }: Choice) {
  function steps(): Record<string, number> {
    const count = lines().length
    return {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page(),
      PageDown: page(),
      Home: -count,
      End: count,
    }
  }

  /** The nearest packet at `index` or in the direction of the move, or else in the other one. */
  function packetAt(index: number, direction: number): number | undefined {
    const all = lines()
    for (const step of [direction, -direction]) {
      for (let at = index; at >= 0 && at < all.length; at += step) {
        const line = all[at]
        if (line?.kind === 'packet') return line.record.seq
      }
    }
    return undefined
  }

  return (event: KeyboardEvent) => {
    const step = steps()[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const last = lines().length - 1
    const from = chosen() ?? (step > 0 ? -1 : last + 1)
    const seq = packetAt(Math.max(0, Math.min(last, from + step)), Math.sign(step))
    if (seq !== undefined) choose(seq)
  }
}
