import { FAULTS } from '../runs/integrity.ts'
import type { Target } from '../scenario.ts'

/** That the app's log holds just what was sent. */
export function nothingAmiss(title: string, contender = 'MQTab'): Target {
  return {
    words: `${title}: lost, reordered, repeated, changed or dropped`,
    unit: 'messages',
    bound: { atMost: 0 },
    measure: (medians) => {
      const figures = medians[contender]
      if (!figures) return NaN
      return FAULTS.reduce((sum, name) => sum + Math.abs(figures[name] ?? 0), 0)
    },
  }
}
