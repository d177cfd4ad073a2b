import { killRenderer } from '../runs/killRenderer.ts'
import { figure, type Scenario } from '../scenario.ts'

/** What an engine that dies in the middle leaves behind. */
export const kill: Scenario = {
  name: 'kill',
  title: 'Renderer and browser killed (SIGKILL) in a flood of QoS 1, persistent session, 20 times',
  rounds: 1,
  contenders: [{ name: 'MQTab', run: (lab) => killRenderer(lab, lab.either(2, 20)) }],
  targets: [
    {
      words: 'Killed in a flood of QoS 1: lost, reordered or changed',
      unit: 'messages',
      bound: { atMost: 0 },
      measure: (medians) => {
        const of = (name: string) => figure(medians, 'MQTab', name)
        return of('lost') + of('reordered') + of('changed')
      },
    },
    {
      words: 'Killed in a flood of QoS 1: stored twice, as QoS 1 allows',
      unit: 'messages',
      measure: (medians) => figure(medians, 'MQTab', 'repeated'),
    },
  ],
}
