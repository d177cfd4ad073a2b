import { MalformedPacket } from '@/core/packet/framer.ts'
import { formatReasonCode, REASON_CODES } from '@/core/reasonCode.ts'

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

/** Throws `MalformedPacket` where one of the codes is none that this packet can have. */
export function checkAnswerCodes(answer: Answer, codes: readonly number[], isMqtt5: boolean): void {
  const known = (isMqtt5 ? CODES : CODES_3)[answer]
  const unknown = codes.find((code) => !known.has(code))
  if (unknown === undefined) return
  throw new MalformedPacket(`${answer} with the code ${formatReasonCode(unknown)}`)
}

function codesOf(answer: Answer): ReadonlySet<number> {
  const rows = REASON_CODES.filter(([, , packets]) => packets.split(' ').includes(answer))
  return new Set(rows.map(([code]) => code))
}
