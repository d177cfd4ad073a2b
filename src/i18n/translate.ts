import { en } from './en.ts'

type Leaves<Tree, Path extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Path}${Key}`
    : Leaves<Tree[Key], `${Path}${Key}.`>
}[keyof Tree & string]

/** A message's place in `en`, for example `subscription.confirm`. */
export type MessageKey = Leaves<typeof en>

/** What fills the `{name}` places of a message. Numbers are shown with group separators. */
export type MessageFacts = Record<string, string | number>

const numbers = new Intl.NumberFormat('en')

/** A whole number with group separators: `12,345`. */
export function formatCount(count: number): string {
  return numbers.format(count)
}

/**
 * The message at `key`, its `{name}` places filled from `facts`. A place without a fact stays as it is,
 * so that a forgotten one is seen.
 */
export function t(key: MessageKey, facts: MessageFacts = {}): string {
  return lookUp(key).replace(/\{(\w+)\}/g, (place, name: string) => {
    const fact = facts[name]
    if (fact === undefined) return place
    return typeof fact === 'number' ? formatCount(fact) : fact
  })
}

function lookUp(key: MessageKey): string {
  let node: unknown = en
  for (const part of key.split('.')) node = (node as Record<string, unknown>)[part]
  return node as string
}
