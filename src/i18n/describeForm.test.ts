import { expect, test } from 'vitest'
import type { FormHint } from '../core/profileForm/formHints.ts'
import type { FieldIssue } from '../core/profileForm/formIssues.ts'
import { describeFieldIssue } from './describeFieldIssue.ts'
import { describeFormHint } from './describeFormHint.ts'

const ISSUES: { [Code in FieldIssue['code']]: Extract<FieldIssue, { code: Code }> } = {
  'host-empty': { code: 'host-empty' },
  'host-character': { code: 'host-character', character: '@' },
  'host-ipv4': { code: 'host-ipv4' },
  'host-ipv6': { code: 'host-ipv6' },
  'host-name': { code: 'host-name' },
  'number-empty': { code: 'number-empty' },
  'number-not-whole': { code: 'number-not-whole' },
  'number-out-of-range': { code: 'number-out-of-range', minimum: 1, maximum: 65_535 },
  'text-character': { code: 'text-character' },
  'text-too-long': { code: 'text-too-long', bytes: 70_000, maximum: 65_535 },
  'path-hash': { code: 'path-hash' },
  'client-id-length': { code: 'client-id-length', characters: 24 },
  'client-id-empty': { code: 'client-id-empty' },
  'password-without-username': { code: 'password-without-username' },
  'scram-without-username': { code: 'scram-without-username' },
  'payload-without-topic': { code: 'payload-without-topic' },
  topic: { code: 'topic', issue: { code: 'wildcard-in-topic', wildcard: '#' } },
  'user-property': {
    code: 'user-property',
    row: 2,
    part: 'name',
    issue: { code: 'text-character' },
  },
}

const HINTS: { [Code in FormHint['code']]: Extract<FormHint, { code: Code }> } = {
  'mixed-content': { field: 'address', code: 'mixed-content' },
  'tcp-port': { field: 'address', code: 'tcp-port', port: '1883' },
  'other-protocol': { field: 'port', code: 'other-protocol', port: '8084' },
  'usual-path': { field: 'path', code: 'usual-path' },
  'assigned-id': { field: 'clientId', code: 'assigned-id' },
  'keep-alive-off': { field: 'keepAlive', code: 'keep-alive-off' },
  'session-ends': { field: 'cleanSession', code: 'session-ends' },
  'unknown-method': { field: 'authenticationMethod', code: 'unknown-method' },
  'insecure-method': { field: 'authenticationMethod', code: 'insecure-method' },
  'delay-beyond-session': { field: 'willDelayInterval', code: 'delay-beyond-session' },
}

test.each(Object.values(ISSUES))('[PF19] the issue $code is a sentence', (issue) => {
  expect(describeFieldIssue(issue)).toMatch(/^[^{}]{8,}\.$/)
})

test.each(Object.values(HINTS))('[PF19] the hint $code is a sentence', (hint) => {
  expect(describeFormHint(hint, 'ws')).toMatch(/^[^{}]{8,}\.$/)
})

test('[PF19] numbers are shown as people read them, and ports as they are typed', () => {
  expect(describeFieldIssue(ISSUES['number-out-of-range'])).toContain('65,535')
  expect(describeFormHint(HINTS['tcp-port'], 'ws')).toContain('1883')
  expect(describeFormHint(HINTS['other-protocol'], 'ws')).toContain('8084 is usually for wss://')
})
