import type { Scenario } from '../scenario.ts'
import { batched100, batched1024 } from './batched.ts'
import { batchedQos1 } from './batchedQos1.ts'
import { flood } from './flood.ts'
import { giant } from './giant.ts'
import { growth } from './growth.ts'
import { hidden } from './hidden.ts'
import { inspector } from './inspector.ts'
import { kill } from './kill.ts'
import { browse, open } from './million.ts'
import { mosquitto0, mosquitto1 } from './mosquitto.ts'
import { search } from './search.ts'
import { single } from './single.ts'
import { soak } from './soak.ts'
import { visible } from './visible.ts'

/** In the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  batched100,
  batched1024,
  single,
  mosquitto0,
  mosquitto1,
  batchedQos1,
  visible,
  flood,
  hidden,
  inspector,
  kill,
  growth,
  open,
  browse,
  search,
  giant,
  soak,
]
