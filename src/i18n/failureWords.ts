import type { failure } from './en/failure.ts'
import { t, type MessageFacts } from './translate.ts'

/** A failure in words: what happened, and what to do about it. */
export type FailureWords = { title: string; advice: string }

/** The parts of `failure` that are nothing but a title and advice. */
type Fixed = {
  [Part in keyof typeof failure]: (typeof failure)[Part] extends FailureWords ? Part : never
}[keyof typeof failure]

/** The title and the advice of one part of `failure`, filled from the same facts. */
export function fixedWords(part: Fixed, facts: MessageFacts = {}): FailureWords {
  return { title: t(`failure.${part}.title`, facts), advice: t(`failure.${part}.advice`, facts) }
}

/** The sentences that apply, one after the other. */
export function sentences(...all: readonly (string | false | undefined)[]): string {
  return all.filter((sentence) => sentence).join(' ')
}
