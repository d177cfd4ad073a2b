import { expect, test, vi } from 'vitest'
import { siteAnswer } from './siteAnswer.ts'

const location = { origin: 'https://plant.example:8443' }

function scopeThat(answers: Promise<{ status: number; type: ResponseType }>) {
  return {
    location,
    fetch: vi.fn<(url: string, init: RequestInit) => typeof answers>(() => answers),
  }
}

test('[FW17] the site’s own server is asked over http for the place of the WebSocket', async () => {
  const scope = scopeThat(Promise.resolve({ status: 502, type: 'basic' }))
  expect(await siteAnswer('wss://plant.example:8443/mqtt?token=1', 1_000, scope)).toBe(502)
  expect(scope.fetch).toHaveBeenCalledWith(
    'https://plant.example:8443/mqtt?token=1',
    expect.objectContaining({ redirect: 'manual' }),
  )
})

test('[FW17] where it leads elsewhere that is not followed', async () => {
  const scope = scopeThat(Promise.resolve({ status: 0, type: 'opaqueredirect' }))
  expect(await siteAnswer('wss://plant.example:8443/', 1_000, scope)).toBe('redirect')
})

test.each([
  'wss://broker.example:8443/mqtt',
  'wss://plant.example/mqtt',
  'ws://plant.example:8443/',
])('[FW17] no other server is asked: %s', async (url) => {
  const scope = scopeThat(Promise.resolve({ status: 200, type: 'basic' }))
  expect(await siteAnswer(url, 1_000, scope)).toBeUndefined()
  expect(scope.fetch).not.toHaveBeenCalled()
})

test('[FW17] silence is no answer', async () => {
  const scope = scopeThat(Promise.reject(new Error('It took too long')))
  expect(await siteAnswer('wss://plant.example:8443/', 1_000, scope)).toBeUndefined()
})
