import { describe, expect, test } from 'vitest'
import { messageOf } from '../publishForm.ts'
import { encodeUtf8 } from '../text.ts'
import { asPublishFields, BLANK_REQUEST, requestIssues, timeoutOf } from './requestForm.ts'

const valid = { ...BLANK_REQUEST, topic: 'ask', payload: '{"get":1}' }

describe('the fields of a request', () => {
  test('[RQ9] valid ones are a message with response topic and correlation data', () => {
    expect(requestIssues(valid, 'r')).toEqual({})
    expect(messageOf(asPublishFields(valid, 'r', '00ff'), '5.0')).toEqual({
      message: {
        ...{ topic: 'ask', payload: encodeUtf8('{"get":1}'), qos: 1, retain: false },
        properties: { responseTopic: 'r', correlationData: encodeUtf8('00ff') },
      },
    })
  })

  test('[RQ9] each that is wrong has an issue of its own', () => {
    const wrong = { ...valid, topic: 'a/#', timeout: '601', payload: '{' }
    const issues = Object.keys(requestIssues(wrong, ''))
    expect(issues.sort()).toEqual(['payload', 'responseTopic', 'timeout', 'topic'])
    expect(requestIssues({ ...valid, payload: '' }, 'r')).toEqual({})
  })

  test.each(['0', '601', '1.5', '', 'soon'])(
    '[RQ9] the time-out is whole seconds from 1 to 600: not %j',
    (timeout) => {
      expect(requestIssues({ ...valid, timeout }, 'r')).toHaveProperty('timeout')
      expect(timeoutOf({ ...valid, timeout })).toBe(5)
    },
  )

  test('[RQ9] the time-out is what is typed, spaces aside', () => {
    expect(timeoutOf({ ...valid, timeout: ' 600 ' })).toBe(600)
    expect(requestIssues({ ...valid, timeout: '1' }, 'r')).toEqual({})
  })
})
