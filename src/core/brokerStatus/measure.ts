/** What can be said of a broker in one number, whatever its topic is called. */
export const MEASURES = [
  'clientsConnected',
  'clientsTotal',
  'clientsMaximum',
  'subscriptions',
  'sharedSubscriptions',
  'topics',
  'retained',
  'stored',
  'storedBytes',
  'dropped',
  'heap',
  'heapMaximum',
  'messagesIn',
  'messagesOut',
  'bytesIn',
  'bytesOut',
] as const

export type Measure = (typeof MEASURES)[number]

/** The measures that count since the broker's start, and are shown as so many a second. */
export const COUNTERS = ['messagesIn', 'messagesOut', 'bytesIn', 'bytesOut'] as const

export type Counter = (typeof COUNTERS)[number]

export type Measures = Partial<Record<Measure, number>>
