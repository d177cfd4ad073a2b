import { expect, test } from 'vitest'
import { credentialsFor } from './lentCredentials.ts'

const LENT = { host: 'broker.example', username: 'ada', password: 'engine' }
const NONE = { username: '', password: '' }

test('[PF24] credentials that were lent for one host do not go to another', () => {
  expect(credentialsFor({ ...LENT, host: 'other.example' }, LENT)).toEqual(NONE)
  expect(credentialsFor({ ...LENT, host: '' }, LENT)).toEqual(NONE)
})

test('[PF24] lent credentials stay with their host, and typed ones with the form', () => {
  const own = { username: 'ada', password: 'engine' }
  expect(credentialsFor({ ...LENT, host: ' Broker.Example ' }, LENT)).toEqual(own)
  const typed = { username: 'ada', password: 'loom' }
  expect(credentialsFor({ ...typed, host: 'other.example' }, LENT)).toEqual(typed)
})
