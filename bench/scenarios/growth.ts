import { growLog } from '../runs/growLog.ts'
import { figure, type Scenario } from '../scenario.ts'
import { nothingAmiss } from './nothingAmiss.ts'

/** Whether a message costs more in a log that is full. */
export const growth: Scenario = {
  name: 'growth',
  title: 'Cost per message as the log grows from 10,000 to 1,000,000 messages',
  contenders: [{ name: 'MQTab', run: (lab) => growLog(lab, lab.either(400_000, 1_000_000)) }],
  targets: [
    {
      words: 'Processor time per message, all threads, at 1,000,000 to at 10,000',
      unit: '×',
      bound: { atMost: 1.2 },
      measure: (medians) => figure(medians, 'MQTab', 'all late/early'),
    },
    {
      words: 'Processor time per message, engine, at 1,000,000 to at 10,000',
      unit: '×',
      bound: { atMost: 1.2 },
      measure: (medians) => figure(medians, 'MQTab', 'worker late/early'),
    },
    nothingAmiss('As the log grows'),
  ],
}
