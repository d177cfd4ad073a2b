import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PublishProperties, Row } from '../message.ts'
import { encodeUtf8 } from '../text.ts'
import { pairAnswers } from './pairAnswers.ts'
import { answerRow, requestRow } from './testing/rows.ts'

/** The requests as text, each with the numbers of its answers. */
function paired(published: Row[], received: Row[]): string[] {
  return pairAnswers(published, received).map(
    ({ row, answers }) => `${row.seq}: ${answers.map((answer) => answer.row.seq).join(' ')}`,
  )
}

describe('pairing answers with requests', () => {
  test('[RQ1] the newest request comes first, its answers in their order', () => {
    const published = [requestRow(1, 'r', 'a'), requestRow(2, 'r', 'b')]
    const received = [answerRow(3, 'r', 'b'), answerRow(4, 'r', 'a'), answerRow(5, 'r', 'b')]
    expect(paired(published, received)).toEqual(['2: 3 5', '1: 4'])
  })

  test('[RQ1] a message without response topic or correlation data is no request', () => {
    const of = (properties: PublishProperties) => ({ ...requestRow(1, 'r', 'a'), properties })
    const half = [of({ responseTopic: 'r' }), of({ correlationData: encodeUtf8('a') }), of({})]
    expect(paired(half, [answerRow(2, 'r', 'a')])).toEqual([])
  })

  test('[RQ1] an answer has the response topic and equal bytes, whatever they are', () => {
    const published = [requestRow(1, 'r', Uint8Array.of(0, 255)), requestRow(2, 'r', '')]
    const received = [
      answerRow(3, 'other', Uint8Array.of(0, 255)),
      answerRow(4, 'r', Uint8Array.of(0, 255)),
      answerRow(5, 'r', Uint8Array.of(0, 25, 5)),
      answerRow(6, 'r', ''),
      { ...answerRow(7, 'r', ''), properties: {} },
    ]
    expect(paired(published, received)).toEqual(['2: 6', '1: 4'])
  })

  test('[RQ2] correlation data that is used again stands for the newest request before the answer', () => {
    const published = [requestRow(2, 'r', 'a'), requestRow(4, 'r', 'a')]
    const received = [1, 3, 5, 6].map((seq) => answerRow(seq, 'r', 'a'))
    expect(paired(published, received)).toEqual(['4: 5 6', '2: 3'])
  })

  test('[RQ3] the latency is the time from the request to the answer, and never negative', () => {
    const published = [{ ...requestRow(1, 'r', 'a'), time: 1_000 }]
    const received = [1_012, 990].map((time, i) => ({ ...answerRow(2 + i, 'r', 'a'), time }))
    const [request] = pairAnswers(published, received)
    expect(request?.answers.map(({ latency }) => latency)).toEqual([12, 0])
  })

  test('[RQ2] each answer belongs to at most one request, which it fits and follows', () => {
    const message = fc.record({
      isRequest: fc.boolean(),
      topic: fc.constantFrom('r', 'r/s'),
      data: fc.constantFrom('', 'a', 'b'),
    })
    fc.assert(
      fc.property(fc.array(message), (log) => {
        const rows = log.map(({ isRequest, topic, data }, seq) =>
          isRequest ? requestRow(seq, topic, data) : answerRow(seq, topic, data),
        )
        const published = rows.filter(({ direction }) => direction === 'out')
        const received = rows.filter(({ direction }) => direction === 'in')
        const requests = pairAnswers(published, received)
        expect(requests.map(({ row }) => row)).toEqual(published.toReversed())
        const answers = requests.flatMap((request) => request.answers.map(({ row }) => row))
        expect(new Set(answers).size).toBe(answers.length)
        for (const answer of received) {
          const fits = ({ seq, properties }: (typeof rows)[number]) =>
            seq < answer.seq &&
            properties?.responseTopic === answer.topic &&
            String(properties.correlationData) === String(answer.properties?.correlationData)
          const expected = published.findLast(fits)
          const found = requests.find((request) =>
            request.answers.some(({ row }) => row === answer),
          )
          expect(found?.row).toBe(expected)
        }
      }),
    )
  })
})
