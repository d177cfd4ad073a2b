import { describe, expect, test } from 'vitest'
import { filterIssue, topicIssue } from '@/core/topic.ts'
import { describeTopicIssue } from './describeTopicIssue.ts'

describe('the words for a topic issue', () => {
  test.each(['', 'a/#/b', 'a+', '$share/g', 'a\0', 'é'.repeat(40_000)])(
    '[PB1] every issue of a filter is a sentence without an unfilled place: %#',
    (filter) => {
      const issue = filterIssue(filter)
      expect(issue && describeTopicIssue(issue)).toMatch(/^[A-Z“].*\.$/)
      expect(issue && describeTopicIssue(issue)).not.toMatch(/[{}]/)
    },
  )

  test('[PB2] a length is told in UTF-8 bytes, beside the most that MQTT allows', () => {
    const issue = topicIssue('é'.repeat(40_000))
    expect(issue && describeTopicIssue(issue)).toContain('80,000 bytes')
    expect(issue && describeTopicIssue(issue)).toContain('65,535')
  })

  test('[PB3] a wildcard in a topic to publish to is named', () => {
    const issue = topicIssue('sensor/+')
    expect(issue && describeTopicIssue(issue)).toContain('“+”')
  })
})
