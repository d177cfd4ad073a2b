import mqttUrl from './mqttAlone.worker.ts?worker&url'
import rawUrl from './rawSocket.worker.ts?worker&url'
import type { ControlOptions, ControlState } from './controlState.ts'

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): URL }
}

let state: ControlState = { isSubscribed: false, messages: 0, bytes: 0, frames: 0, lastAt: 0 }

/** Starts one of the controls in a worker. */
export function startControl(kind: 'raw' | 'mqtt', options: ControlOptions): void {
  const url = new URL(kind === 'raw' ? rawUrl : mqttUrl, location.href).href
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  // The site allows the policy of the app, which is not on this page.
  const policy = trustedTypes?.createPolicy('mqtab', { createScriptURL: (text) => text })
  const worker = new Worker(policy ? policy.createScriptURL(url) : url, { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<ControlState>) => (state = data)
  worker.postMessage(options)
}

/** What it has received. */
export function control(): ControlState {
  return state
}
