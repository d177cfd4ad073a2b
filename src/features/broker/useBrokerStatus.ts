import { computed, onUnmounted, shallowRef, watch } from 'vue'
import { COUNTERS, type Counter } from '@/core/brokerStatus/measure.ts'
import type { RatePoint } from '@/core/brokerStatus/rateSeries.ts'
import type { StatusGrant } from '@/core/brokerStatus/statusGrant.ts'
import { StatusHistory } from '@/core/brokerStatus/statusHistory.ts'
import type { BrokerSummary } from '@/core/brokerStatus/summary.ts'
import type { SysValue } from '@/core/brokerStatus/sysValue.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { EpochMs, Milliseconds } from '@/core/units.ts'
import { useBrokerStatus as useStatusStore } from '@/stores/brokerStatus.ts'
import { useConnections } from '@/stores/connections.ts'

/** After so long without a value it is said that there may never be one. */
const SILENCE: Milliseconds = 15_000

/** All that has come, in the form in which it is shown. */
export type ShownStatus = {
  summary: BrokerSummary | undefined
  rates: Record<Counter, readonly RatePoint[]>
  values: SysValue[]
  letGo: number
  /** When the latest value came. */
  latest: EpochMs
}

/** What there is to show. `unknown`: the engine has not answered yet. */
export type StatusView = 'unknown' | 'offline' | 'waiting' | 'silent' | 'refused' | 'values'

/** What the broker of a connection tells of itself, for as long as the component is there. */
export function useBrokerStatus(connection: ConnectionId) {
  const store = useStatusStore()
  const connections = useConnections()
  const history = new StatusHistory()
  const grant = shallowRef<StatusGrant>()
  const shown = shallowRef<ShownStatus>()
  const isSilent = shallowRef(false)
  let stopTimer: (() => void) | undefined

  const isConnected = computed(() => connections.get(connection)?.state.phase === 'connected')
  const view = computed((): StatusView => {
    if (!grant.value) return 'unknown'
    const { state } = grant.value
    if (!isConnected.value || state === 'offline') return 'offline'
    if (state === 'refused' || state === 'cut') return 'refused'
    if (shown.value) return 'values'
    return isSilent.value ? 'silent' : 'waiting'
  })

  const end = store.watch(connection, (event) => {
    history.take(event, event.isWhole)
    grant.value = event.grant
    shown.value = history.size > 0 ? show(history) : undefined
  })

  watch(
    () => view.value === 'waiting' || view.value === 'silent',
    (isEmpty) => {
      stopTimer?.()
      isSilent.value = false
      if (!isEmpty) return
      const timer = setTimeout(() => (isSilent.value = true), SILENCE)
      stopTimer = () => clearTimeout(timer)
    },
    { immediate: true },
  )
  onUnmounted(() => {
    end()
    stopTimer?.()
  })

  return { grant, shown, view, tryAgain: () => store.ask(connection) }
}

function show(history: StatusHistory): ShownStatus {
  const values = history.sorted()
  const rates = Object.fromEntries(
    COUNTERS.map((counter) => [counter, history.rates(counter)]),
  ) as ShownStatus['rates']
  return {
    summary: history.summary(),
    rates,
    values,
    letGo: history.letGo,
    latest: Math.max(...values.map(({ time }) => time)),
  }
}
