import { REASON_CODES } from '../reasonCode.ts'

type Answer = 'SUBACK' | 'UNSUBACK'

/** The codes of MQTT 5 (§3.9.3, §3.11.3). */
const CODES: Readonly<Record<Answer, ReadonlySet<number>>> = {
  SUBACK: codesOf('SUBACK'),
  UNSUBACK: codesOf('UNSUBACK'),
}

/** Before MQTT 5 (3.1.1 §3.9.3); UNSUBACK has none there. */
const CODES_3: Readonly<Record<Answer, ReadonlySet<number>>> = {
  SUBACK: new Set([0, 1, 2, 0x80]),
  UNSUBACK: new Set(),
}

/** Whether this packet can have such a code for a filter. */
export function isAnswerCode(answer: Answer, code: number, isMqtt5: boolean): boolean {
  return (isMqtt5 ? CODES : CODES_3)[answer].has(code)
}

function codesOf(answer: Answer): ReadonlySet<number> {
  const rows = REASON_CODES.filter(([, , packets]) => packets.split(' ').includes(answer))
  return new Set(rows.map(([code]) => code))
}
