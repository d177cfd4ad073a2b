import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { en } from './en.ts'
import { t } from './translate.ts'

const SOURCES = new URL('..', import.meta.url)

/** Every key of a tree of messages with its text, as `subscription.confirm`. */
function leaves(tree: object, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, node]: [string, string | object]) =>
    typeof node === 'string'
      ? [[path + name, node] as [string, string]]
      : leaves(node, `${path}${name}.`),
  )
}

/** What the page's code says between quotes: whole keys, and the beginnings of keys that it makes. */
function quoted() {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(?:ts|vue)$/.test(file) && !/\.test\.ts$|^i18n\/en/.test(file),
  )
  const texts = files.map((file) => readFileSync(new URL(file, SOURCES), 'utf8'))
  const all = texts.flatMap((text) => [...text.matchAll(/['"`]([a-z]\w*\.[\w.]*)(\$\{|['"`])/gi)])
  return {
    keys: new Set(all.filter(([, , end]) => end !== '${').map(([, key = '']) => key)),
    beginnings: all.filter(([, , end]) => end === '${').map(([, key = '']) => key),
  }
}

describe('messages', () => {
  test('[PG12] there is none that the page does not use', () => {
    const { keys, beginnings } = quoted()
    const unused = leaves(en).filter(
      ([key]) => !keys.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    )
    expect(unused.map(([key]) => key)).toEqual([])
  })

  test('[PG12] none is empty or ends in a space', () => {
    const odd = leaves(en).filter(([, text]) => text.trim() === '' || text.trim() !== text)
    expect(odd).toEqual([])
  })

  test('[PG13] the places of a message are filled, numbers with group separators', () => {
    expect(t('app.connectionDeleted', { name: 'A {name} $& B' })).toBe(
      '“A {name} $& B” was deleted.',
    )
    expect(t('app.ui.remove', { row: 12345 })).toBe('Remove property 12,345')
  })

  test('[PG13] a place without a fact stays, so that it is seen', () => {
    expect(t('app.connectionDeleted')).toBe('“{name}” was deleted.')
  })
})
