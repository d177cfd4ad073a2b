import { MQTT_VERSIONS } from '../core/profile.ts'
import { formatReasonCode, reasonOf, type ReasonAt } from '../core/reasonCode.ts'
import { sentences } from './failureWords.ts'
import { reasonAdvice } from './reasonAdvice.ts'
import { t } from './translate.ts'

/** A reason code in words. */
export type ReasonWords = {
  /** As the specification has it; short enough for a line. */
  name: string
  /** What it means, the code and its section, and what the broker said. */
  text: string
}

/** The words for a reason code, and for the reason string that came with it. */
export function reasonWords(at: ReasonAt, reasonString: string | undefined): ReasonWords {
  const { name, section } = reasonOf(at)
  const code = formatReasonCode(at.code)
  const versions = MQTT_VERSIONS.filter((other) => other !== at.version).join(', ')
  const text = sentences(
    t(reasonAdvice(at), { versions }),
    section === undefined ? t('reason.codeOnly', { code }) : t('reason.code', { code, section }),
    reasonString && t('reason.said', { text: reasonString }),
  )
  return { name, text }
}
