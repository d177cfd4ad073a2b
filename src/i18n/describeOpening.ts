import type { ConnectionFailure } from '../core/failure.ts'
import { httpAnswerKind, type HttpAnswer } from '../core/httpAnswer.ts'
import { TCP_PORTS } from '../core/profileForm/address.ts'
import type { Milliseconds } from '../core/units.ts'
import { describeClose } from './describeClose.ts'
import { fixedWords, sentences, type FailureWords } from './failureWords.ts'
import { placeOf, withoutSecrets, type Place } from './place.ts'
import { t } from './translate.ts'

/** Failures before the broker has answered CONNECT. All of them know the URL. */
type OpeningFailure = Extract<ConnectionFailure, { url: string }>

type Unreachable = Extract<ConnectionFailure, { code: 'unreachable' }>

/** A port that refuses does so at once; from here on something else is likelier. */
const SLOW: Milliseconds = 5_000

/** The words for a connection that was never one. */
export function describeOpening(failure: OpeningFailure): FailureWords {
  const at = placeOf(failure.url)
  const place = at?.place ?? withoutSecrets(failure.url)
  switch (failure.code) {
    case 'mixed-content':
      return fixedWords('mixedContent', { place })
    case 'bad-url':
      return fixedWords('badUrl', { url: withoutSecrets(failure.url) })
    case 'blocked-port':
      return fixedWords('blockedPort', { place, port: String(failure.port) })
    case 'blocked-by-policy':
      return fixedWords('blockedByPolicy', { place })
    case 'no-subprotocol':
      return fixedWords('noSubprotocol', { place, subprotocol: failure.subprotocol })
    case 'unreachable':
      if (failure.http !== undefined) return describeHttp(failure.http, at, place)
      return {
        title: t('failure.unreachable.title', { place }),
        advice: whyUnreachable(at, failure),
      }
    case 'open-timeout': {
      const { title, advice } = fixedWords('openTimeout', { place, timeout: failure.timeout })
      return { title, advice: sentences(tcpAdvice(at), advice) }
    }
    case 'closed-before-connack': {
      const { title, advice } = fixedWords('closedBeforeConnack', { place })
      return {
        title,
        advice: sentences(advice, describeClose(failure.closeCode, failure.closeReason)),
      }
    }
    case 'connack-timeout':
      return fixedWords('connackTimeout', { place, timeout: failure.timeout })
  }
}

/** The words for a server that answered a plain request. */
function describeHttp(http: HttpAnswer, at: Place | undefined, place: string): FailureWords {
  const status = http === 'redirect' ? '3xx' : String(http)
  const facts = { place, path: at?.path ?? '/', status }
  return {
    title: t('failure.http.title', facts),
    advice: t(`failure.http.${httpAnswerKind(http)}`, facts),
  }
}

function whyUnreachable(at: Place | undefined, { after, withheld }: Unreachable): string {
  if (!at) return t('reason.any.unnamed')
  const { isSecure, port, origin } = at
  const isUsual = at.path === '/mqtt'
  const path = t(`failure.unreachable.${isUsual ? 'path' : 'unusualPath'}`, { path: at.path })
  const causes = t(`failure.unreachable.${isSecure ? 'secure' : 'plain'}`, { port, origin, path })
  const tcp = tcpAdvice(at)
  if (tcp !== undefined) return tcp
  if (withheld) {
    const { network, because } = withheld
    const first = t(`failure.withheld.${network}.${because}`)
    return sentences(first, t('failure.unreachable.otherwise', { causes }))
  }
  const seconds = Math.round(after / 1000)
  return sentences(
    t('failure.unreachable.causes', { causes }),
    after >= SLOW && t('failure.unreachable.slow', { seconds }),
  )
}

function tcpAdvice(at: Place | undefined): string | undefined {
  return at && TCP_PORTS.includes(at.port) ? t('failure.tcpPort', { port: at.port }) : undefined
}
