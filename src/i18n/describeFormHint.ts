import { unreachable } from '../core/failure.ts'
import type { FormHint } from '../core/profileForm/formHints.ts'
import type { Scheme } from '../core/profile.ts'
import { SCRAM_METHODS } from '../core/scram/scramMethod.ts'
import { t } from './translate.ts'

/** What a user should know about an allowed value, as a sentence to stand beside its field. */
export function describeFormHint(hint: FormHint, scheme: Scheme): string {
  switch (hint.code) {
    case 'mixed-content':
      return t('form.hint.mixedContent')
    case 'tcp-port':
      return t('form.hint.tcpPort', { port: hint.port })
    case 'other-protocol':
      return t(`form.hint.otherProtocol.${scheme}`, { port: hint.port })
    case 'usual-path':
      return t('form.hint.usualPath')
    case 'assigned-id':
      return t('form.hint.assignedId')
    case 'keep-alive-off':
      return t('form.hint.keepAliveOff')
    case 'session-ends':
      return t('form.hint.sessionEnds')
    case 'unknown-method':
      return t('form.hint.unknownMethod', { known: SCRAM_METHODS.join(', ') })
    case 'insecure-method':
      return t('form.hint.insecureMethod')
    case 'delay-beyond-session':
      return t('form.hint.delayBeyondSession')
    default:
      return unreachable(hint)
  }
}
