import { openLogDatabase } from '@/log/database.ts'
import { MessageLog } from '@/log/messageLog.ts'
import { SequenceCheck, type Verdict } from '../sequenceCheck.ts'

/** Entries that are read at once. */
const STEP = 8192

/** What a log holds, and what its own counters say. */
export type LogReport = Verdict & {
  counted: { received: number; stored: number; dropped: number; letGo: number }
  /** How many entries are not messages. */
  marks: number
  /** When the first and the last message came; milliseconds since 1970. */
  firstAt: number
  lastAt: number
  /** Milliseconds that reading took. */
  duration: number
}

/** Reads the only log that there is from end to end. `sent`: how many messages were. */
export async function readBack(sent: number): Promise<LogReport> {
  const begin = performance.now()
  const { log, close } = await openLog()
  const check = new SequenceCheck()
  let marks = 0
  let firstAt = 0
  let lastAt = 0
  // What is kept of a part that was let go lies before the start.
  for (let seq = 0; seq < log.end; seq += STEP) {
    for (const entry of await log.read(seq, Math.min(seq + STEP, log.end))) {
      if (entry.kind === 'mark') marks += 1
      else {
        check.take(entry.payload, entry.time)
        firstAt ||= entry.time
        lastAt = entry.time
      }
    }
  }
  const { received, stored, dropped, letGo } = log.counters
  close()
  return {
    ...check.verdict(sent, letGo),
    counted: { received, stored, dropped, letGo },
    ...{ marks, firstAt, lastAt, duration: performance.now() - begin },
  }
}

/** Milliseconds that it takes to read pages of `size` rows at `count` random places of the log. */
export async function readPages(count: number, size: number): Promise<number[]> {
  const { log, close } = await openLog()
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const from = log.start + Math.floor(Math.random() * (log.end - log.start - size))
    const begin = performance.now()
    await log.read(from, from + size)
    times.push(performance.now() - begin)
  }
  close()
  return times
}

async function openLog() {
  const nothing = () => undefined
  const database = await openLogDatabase({
    onBlocked: nothing,
    onSuperseded: nothing,
    onTerminated: nothing,
  })
  const [connection] = await database.stores.getAllKeys('logs')
  if (connection === undefined) throw new Error('There is no log')
  return {
    log: await MessageLog.open(database, connection),
    close: () => database.stores.close(),
  }
}
