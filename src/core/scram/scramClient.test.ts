import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scramHashes } from '@/engine/wire/scramHashes.ts'
import { scramServer, type ScramServerOptions } from '../../../broker/node/scramServer.ts'
import { decodeUtf8, encodeUtf8 } from '../text.ts'
import { ScramClient } from './scramClient.ts'
import { SCRAM_METHODS, scramMethod, type ScramMethod } from './scramMethod.ts'

const subtle = webcrypto.subtle as SubtleCrypto

function clientOf(
  method: ScramMethod,
  nonce: string,
  credentials = { username: 'user', password: 'pencil' },
): ScramClient {
  return new ScramClient(credentials, nonce, scramHashes(method, subtle))
}

async function answerOf(client: ScramClient, serverFirst: string): Promise<string | undefined> {
  const answer = await client.answer(encodeUtf8(serverFirst))
  return 'final' in answer ? decodeUtf8(answer.final) : answer.problem
}

describe('the examples of the RFCs', () => {
  test.each([
    [
      'SCRAM-SHA-1', // RFC 5802 §5
      'fyko+d2lbbFgONRv9qkxdawL',
      '3rfcNHYJY1ZVvWVs7j',
      'QSXCR+Q6sek8bf92',
      'v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      'rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    ],
    [
      'SCRAM-SHA-256', // RFC 7677 §3
      'rOprNGfwEbeRWgbNEkqO',
      '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0',
      'W22ZaJ0SNY7soEsUEjb6gQ==',
      'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    ],
  ] as const)('[AU1] %s', async (method, nonce, addition, salt, proof, signature) => {
    const client = clientOf(method, nonce)
    expect(decodeUtf8(client.first)).toBe(`n,,n=user,r=${nonce}`)
    expect(await answerOf(client, `r=${nonce}${addition},s=${salt},i=4096`)).toBe(
      `c=biws,r=${nonce}${addition},p=${proof}`,
    )
    expect(client.isProof(encodeUtf8(`v=${signature}`))).toBe(true)
  })
})

/** What comes of a client of these credentials and a server that is set up so. */
async function meet(
  method: ScramMethod,
  credentials: { username: string; password: string },
  options: ScramServerOptions,
): Promise<string> {
  const server = scramServer({ iterations: 2, ...options })(method)
  const client = clientOf(method, 'nonce', credentials)
  const first = server?.(client.first)
  if (first?.state !== 'continue') return 'no challenge'
  const answer = await client.answer(first.data)
  if ('problem' in answer) return answer.problem
  const last = server?.(answer.final)
  if (last?.state !== 'accepted') return 'refused'
  return client.isProof(last.data) ? 'proven' : 'unproven'
}

describe('against a server that was written apart', () => {
  const texts = fc.string({ minLength: 1, unit: fc.integer({ min: 0x20, max: 0x7e }).map(letter) })

  test.each(SCRAM_METHODS)('[AU1] [AU2] %s proves any password of any user', async (method) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.string({ unit: 'grapheme-ascii' }), async (username, password) => {
        const users = { [username]: password }
        expect(await meet(method, { username, password }, { users })).toBe('proven')
        const wrong = { username, password: `${password}.` }
        expect(await meet(method, wrong, { users })).toBe('refused')
      }),
      { numRuns: 25 },
    )
  })

  test.each(SCRAM_METHODS)(
    '[AU5] %s sees through a server without the password',
    async (method) => {
      const credentials = { username: 'ada', password: 'engine' }
      const users = { ada: 'another' }
      expect(await meet(method, credentials, { users, proof: 'none' })).toBe('unproven')
      expect(await meet(method, credentials, { users, proof: 'wrong' })).toBe('unproven')
    },
  )

  test('[AU2] one password typed on two keyboards is one password', async () => {
    const users = { Åsa: 'Grüße 1' }
    const typed = { username: 'A\u030asa', password: 'Gru\u0308\u00adße\u00a0１' }
    expect(await meet('SCRAM-SHA-256', typed, { users })).toBe('proven')
  })
})

describe('the proof of the server', () => {
  test('[AU5] is none before our answer, and nothing but the right signature is one', async () => {
    const client = clientOf('SCRAM-SHA-1', 'fyko+d2lbbFgONRv9qkxdawL')
    const signature = 'rmF9pqV8S7suAoZWja4dJRkFsKQ='
    expect(client.isProof(encodeUtf8(`v=${signature}`))).toBe(false)
    await client.answer(
      encodeUtf8('r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096'),
    )
    for (const text of ['', 'v=', `v=${signature.slice(4)}`, 'v=*', `e=${signature}`, signature]) {
      expect(client.isProof(encodeUtf8(text))).toBe(false)
    }
    expect(client.isProof(undefined)).toBe(false)
    expect(client.isProof(Uint8Array.of(0xff))).toBe(false)
    expect(client.isProof(encodeUtf8(`v=${signature},x=later`))).toBe(true)
  })
})

test('[AU3] a first message that is no text is refused', async () => {
  const answer = await clientOf('SCRAM-SHA-1', 'n').answer(Uint8Array.of(0xff))
  expect(answer).toEqual({ problem: 'malformed' })
})

test('[AU1] a method is known by its exact name', () => {
  expect(SCRAM_METHODS.map(scramMethod)).toEqual(SCRAM_METHODS)
  for (const name of ['scram-sha-256', 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-384', '', undefined]) {
    expect(scramMethod(name)).toBeUndefined()
  }
})

function letter(code: number): string {
  return String.fromCharCode(code)
}
