export type ControlOptions = { port: number; qos: 0 | 1; version: 4 | 5 }

/** What a control has received; 0 where it does not count that. */
export type ControlState = {
  isSubscribed: boolean
  messages: number
  bytes: number
  frames: number
  /** When the last of it came; milliseconds since 1970. */
  lastAt: number
}

/** Between two reports of a control; milliseconds. */
export const REPORT_STEP = 50
