import { expect, test } from 'vitest'
import { connectionIdFromBytes } from '../id.ts'
import { newProfile } from '../profile.ts'
import { changedFields, hasFieldOf } from './formSections.ts'
import { formOf, type FormField } from './profileForm.ts'

const ID = connectionIdFromBytes(new Uint8Array(8))
const BROKER = { scheme: 'ws', host: 'localhost', port: 8083, path: '/mqtt' } as const
const BLANK = formOf(newProfile(ID, 'mqtab_0', BROKER, 7))

const GENERAL: FormField[] = [
  'name',
  'scheme',
  'host',
  'port',
  'path',
  'clientId',
  'username',
  'password',
]

test('[PF20] every field is in sight or in one of the folded sections', () => {
  for (const field of Object.keys(BLANK) as FormField[]) {
    const places = [
      GENERAL.includes(field),
      hasFieldOf('advanced', [field]),
      hasFieldOf('will', [field]),
      hasFieldOf('log', [field]),
    ]
    expect(places.filter(Boolean), field).toHaveLength(1)
  }
})

test('[PF20] the fields that differ are found by value', () => {
  const copy = { ...BLANK, userProperties: [...BLANK.userProperties] }
  expect(changedFields(copy, BLANK)).toEqual([])
  const change = { keepAlive: '5', willUserProperties: [{ name: 'a', value: '' }] }
  expect(changedFields({ ...copy, ...change }, BLANK)).toEqual(['keepAlive', 'willUserProperties'])
})
