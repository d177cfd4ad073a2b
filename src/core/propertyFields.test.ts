import { expect, test } from 'vitest'
import { countProperties, NO_PROPERTIES, propertiesOf, propertyIssues } from './propertyFields.ts'

test('[PU10] empty fields are no properties at all', () => {
  expect(propertiesOf(NO_PROPERTIES)).toBeUndefined()
  expect(countProperties(NO_PROPERTIES)).toBe(0)
  expect(propertyIssues(NO_PROPERTIES, 0)).toEqual({})
})

test('[PU10] each property that is wrong has its issue', () => {
  const fields = {
    ...NO_PROPERTIES,
    responseTopic: 'a/#',
    correlationData: '0x123',
    messageExpiryInterval: 'soon',
    topicAlias: '11',
    userProperties: [
      { name: 'fine', value: '' },
      { name: 'a\0', value: '' },
    ],
  }
  expect(propertyIssues(fields, 10)).toMatchObject({
    responseTopic: { code: 'topic' },
    correlationData: { code: 'bad-hex' },
    messageExpiryInterval: { code: 'number-not-whole' },
    topicAlias: { code: 'alias-too-large', maximum: 10 },
    userProperties: { code: 'user-property', row: 2, part: 'name' },
  })
  expect(propertyIssues({ ...NO_PROPERTIES, topicAlias: '11' }, undefined)).toEqual({})
})

test('[PU11] correlation data is text, or hex digits behind 0x', () => {
  const correlation = (text: string) =>
    propertiesOf({ ...NO_PROPERTIES, correlationData: text })?.correlationData
  expect(correlation('ä')).toEqual(Uint8Array.of(0xc3, 0xa4))
  expect(correlation('0x00 ff')).toEqual(Uint8Array.of(0, 255))
})

test('[PU11] user properties stay as they are, and each counts', () => {
  const userProperties = ['b', 'a', 'b'].map((name, index) => ({ name, value: String(index) }))
  const fields = { ...NO_PROPERTIES, payloadFormatIndicator: true, userProperties }
  expect(propertiesOf(fields)).toEqual({ payloadFormatIndicator: 1, userProperties })
  expect(countProperties(fields)).toBe(4)
})
