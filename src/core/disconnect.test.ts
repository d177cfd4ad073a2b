import { expect, test } from 'vitest'
import { disconnectIssues, disconnectRequestOf } from './disconnect.ts'
import type { ConnectionId } from './id.ts'
import { newProfile } from './profile.ts'

const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const
const profile = newProfile('0123456789abcdef' as ConnectionId, 'client', broker, 0)
const kept = { ...profile, properties: { ...profile.properties, sessionExpiryInterval: 60 } }
const blank = { reasonCode: 4, sessionExpiryInterval: '', reasonString: '', userProperties: [] }

test('[DC1] a session that was to end with its connection cannot be kept any more', () => {
  const issue = { sessionExpiryInterval: { code: 'expiry-was-zero' } }
  expect(disconnectIssues({ ...blank, sessionExpiryInterval: '60' }, profile)).toEqual(issue)
  expect(disconnectIssues({ ...blank, sessionExpiryInterval: '0' }, profile)).toEqual({})
  expect(disconnectIssues({ ...blank, sessionExpiryInterval: '60' }, kept)).toEqual({})
})

test('[DC1] each field that is wrong has its issue', () => {
  expect(
    disconnectIssues(
      {
        reasonCode: 4,
        sessionExpiryInterval: 'never',
        reasonString: 'a\0',
        userProperties: [{ name: '', value: '\ud800' }],
      },
      kept,
    ),
  ).toMatchObject({
    sessionExpiryInterval: { code: 'number-not-whole' },
    reasonString: { code: 'text-character' },
    userProperties: { row: 1, part: 'value' },
  })
})

test('[DC2] what is left empty is not sent', () => {
  expect(disconnectRequestOf(blank)).toEqual({ reasonCode: 4, userProperties: [] })
  expect(
    disconnectRequestOf({ ...blank, sessionExpiryInterval: ' 0 ', reasonString: 'x' }),
  ).toEqual({ reasonCode: 4, sessionExpiryInterval: 0, reasonString: 'x', userProperties: [] })
})
