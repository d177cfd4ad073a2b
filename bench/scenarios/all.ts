import type { Scenario } from '../scenario.ts'
import { batched100, batched1024 } from './batched.ts'

/** In the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [batched100, batched1024]
