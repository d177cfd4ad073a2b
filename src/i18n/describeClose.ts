import { t, type MessageKey } from './translate.ts'

/** The close codes that have a registered meaning (RFC 6455 §7.4.1 and IANA's registry). */
const KNOWN = [
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 3000,
  3003, 3008,
] as const

const MEANINGS = new Map<number, MessageKey>(KNOWN.map((code) => [code, `failure.close.${code}`]))

/** How a WebSocket was closed, in one sentence, with what the server said of it. */
export function describeClose(code: number, text: string): string {
  const own: MessageKey = code >= 4000 ? 'failure.close.own' : 'failure.close.unknown'
  const meaning = t(MEANINGS.get(code) ?? own)
  // As text: a code has no group separators.
  const facts = { code: String(code), meaning, text }
  return t(text === '' ? 'failure.close.code' : 'failure.close.reason', facts)
}
