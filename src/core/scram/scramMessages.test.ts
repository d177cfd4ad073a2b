import { expect, test } from 'vitest'
import { clientFirst, clientFirstBare, readServerFinal, readServerFirst } from './scramMessages.ts'

test('[AU2] a comma and an equals sign in a name are escaped', () => {
  expect(clientFirst(clientFirstBare('a,b=c=2C', 'N'))).toBe('n,,n=a=2Cb=3Dc=3D2C,r=N')
})

test('[AU3] nonce, salt and iterations are read, and extensions behind them are ignored', () => {
  const expected = { nonce: 'NS', salt: Uint8Array.of(1, 2, 3), iterations: 4096 }
  expect(readServerFirst('r=NS,s=AQID,i=4096', 'N')).toEqual(expected)
  expect(readServerFirst('r=NS,s=AQID,i=4096,x=y,z', 'N')).toEqual(expected)
  expect(readServerFirst('r=NS,s=AQID,i=10000000', 'N')).toMatchObject({ iterations: 10_000_000 })
  expect(readServerFirst('r=NS,s=AQID,i=1', 'N')).toMatchObject({ iterations: 1 })
})

test.each([
  ['malformed', ''],
  ['malformed', 'e=unknown-user'],
  ['malformed', 'r=NS,s=AQID'],
  ['malformed', 's=AQID,r=NS,i=1'],
  ['malformed', 'r=NS,s=,i=1'],
  ['malformed', 'r=NS,s=A*,i=1'],
  ['malformed', 'r=NS,s=AQID,i=1x'],
  ['malformed', 'r=NS,s=AQID,i=-1'],
  ['malformed', 'r=N S,s=AQID,i=1'],
  ['nonce', 'r=N,s=AQID,i=1'],
  ['nonce', 'r=SN,s=AQID,i=1'],
  ['nonce', 'r=nS,s=AQID,i=1'],
  ['iterations', 'r=NS,s=AQID,i=0'],
  ['iterations', 'r=NS,s=AQID,i=10000001'],
  ['iterations', `r=NS,s=AQID,i=${'9'.repeat(400)}`],
  ['extension', 'm=must,r=NS,s=AQID,i=1'],
] as const)('[AU3] the problem %s is seen in %j', (problem, message) => {
  expect(readServerFirst(message, 'N')).toEqual({ problem })
})

test('[AU5] a signature is read, and an error is none', () => {
  expect(readServerFinal('v=AQID')).toEqual(Uint8Array.of(1, 2, 3))
  expect(readServerFinal('v=AQID,x=y')).toEqual(Uint8Array.of(1, 2, 3))
  expect(readServerFinal('e=invalid-proof')).toBeUndefined()
  expect(readServerFinal('v=A*')).toBeUndefined()
})
