import { expect, test, vi } from 'vitest'
import { watchPolicy } from './policyWatch.ts'

function violation(blockedURI: string, effectiveDirective = 'connect-src'): Event {
  return Object.assign(new Event('securitypolicyviolation'), { blockedURI, effectiveDirective })
}

test('[FW13] only a refusal of this very address counts, with or without its path', () => {
  const scope = new EventTarget()
  const refused = vi.fn()
  const stop = watchPolicy('ws://h:9001/mqtt?token=1', refused, scope)
  scope.dispatchEvent(violation('ws://other:9001/mqtt'))
  scope.dispatchEvent(violation('ws://h:9001/mqtt', 'script-src'))
  scope.dispatchEvent(violation(''))
  expect(refused).not.toHaveBeenCalled()
  scope.dispatchEvent(violation('ws://h:9001/'))
  scope.dispatchEvent(violation('ws://h:9001/mqtt?token=1'))
  expect(refused).toHaveBeenCalledTimes(2)
  stop()
  scope.dispatchEvent(violation('ws://h:9001/mqtt?token=1'))
  expect(refused).toHaveBeenCalledTimes(2)
})
