import { isAnswerCode } from '@/core/packet/answerCodes.ts'
import { MalformedPacket } from '@/core/packet/framer.ts'
import { formatReasonCode } from '@/core/reasonCode.ts'

/** Throws `MalformedPacket` where one of the codes is none that this packet can have. */
export function checkAnswerCodes(
  answer: 'SUBACK' | 'UNSUBACK',
  codes: readonly number[],
  isMqtt5: boolean,
): void {
  const unknown = codes.find((code) => !isAnswerCode(answer, code, isMqtt5))
  if (unknown === undefined) return
  throw new MalformedPacket(`${answer} with the code ${formatReasonCode(unknown)}`)
}
