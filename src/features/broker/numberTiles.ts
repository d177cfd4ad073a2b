import type { Measures } from '@/core/brokerStatus/measure.ts'
import { formatSize } from '@/i18n/formatSize.ts'
import { formatCount, t } from '@/i18n/translate.ts'

/** A number of the broker, and what belongs to it. */
export type NumberTile = { label: string; value: string; details: string[] }

/** The tiles that there are numbers for; which those are depends on the broker. */
export function numberTiles(measures: Measures): NumberTile[] {
  const { clientsConnected, clientsTotal, clientsMaximum, sharedSubscriptions } = measures
  const { storedBytes, heap, heapMaximum } = measures
  const messages = t('broker.status.ofMessages')
  return [
    tile(t('broker.status.clients'), count(clientsConnected), [
      t('broker.status.clientsConnected'),
      // A total that says nothing new is left out.
      clientsTotal !== undefined && clientsTotal !== clientsConnected
        ? t('broker.status.clientsTotal', { count: clientsTotal })
        : undefined,
      atMost(count(clientsMaximum)),
    ]),
    tile(t('broker.status.subscriptions'), count(measures.subscriptions), [
      sharedSubscriptions === undefined
        ? undefined
        : t('broker.status.sharedSubscriptions', { count: sharedSubscriptions }),
    ]),
    tile(t('broker.status.topics'), count(measures.topics), [t('broker.status.subscribed')]),
    tile(t('broker.status.retained'), count(measures.retained), [messages]),
    tile(t('broker.status.stored'), count(measures.stored), [messages, size(storedBytes)]),
    tile(t('broker.status.dropped'), count(measures.dropped), [messages]),
    tile(t('broker.status.heap'), size(heap), [atMost(size(heapMaximum))]),
  ].flatMap((each) => each ?? [])
}

function tile(
  label: string,
  value: string | undefined,
  details: (string | undefined)[],
): NumberTile | undefined {
  if (value === undefined) return undefined
  return { label, value, details: details.filter((detail) => detail !== undefined) }
}

function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatCount(value)
}

function size(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatSize(value)
}

function atMost(most: string | undefined): string | undefined {
  return most === undefined ? undefined : t('broker.status.atMost', { most })
}
