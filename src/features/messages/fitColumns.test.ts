import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_WIDTHS, fitColumns, MIN_WIDTHS, SIZED_COLUMNS } from './fitColumns.ts'

const namesIn = (width: number, wanted = DEFAULT_WIDTHS) =>
  fitColumns(width, wanted).map(({ name }) => name)

const payloadIn = (width: number, wanted = DEFAULT_WIDTHS) =>
  fitColumns(width, wanted).reduce(
    (rest, column) => rest - ('width' in column ? column.width : 0),
    width,
  )

test('[ML11] a wide table shows every column as wide as it is wanted', () => {
  const columns = fitColumns(900, { ...DEFAULT_WIDTHS, size: 100 })
  expect(columns.map(({ name }) => name)).toEqual([
    ...['time', 'direction', 'topic', 'payload', 'qos', 'retain', 'size'],
  ])
  expect(columns.at(-1)).toMatchObject({ name: 'size', width: 100 })
})

test('[ML11] a narrow one leaves out what says little, and then narrows the topic', () => {
  expect(namesIn(700)).not.toContain('retain')
  expect(namesIn(390)).toEqual(['time', 'direction', 'topic', 'payload'])
  expect(fitColumns(390, DEFAULT_WIDTHS)[2]).toMatchObject({ name: 'topic', width: 126 })
})

test('[ML11] a wide topic drives no column out', () => {
  expect(namesIn(900, { ...DEFAULT_WIDTHS, topic: 2_000 })).toContain('retain')
})

test('[ML11] from 360 px on the payload keeps room, whatever was wanted', () => {
  const widths = fc.record(
    Object.fromEntries(
      SIZED_COLUMNS.map((name) => [name, fc.integer({ min: MIN_WIDTHS[name], max: 300 })]),
    ),
  )
  fc.assert(
    fc.property(fc.integer({ min: 360, max: 3_000 }), widths, (width, part) => {
      const wanted = { ...DEFAULT_WIDTHS, ...part }
      expect(payloadIn(width, wanted)).toBeGreaterThanOrEqual(132)
      for (const column of fitColumns(width, wanted)) {
        if (!('max' in column)) continue
        expect(column.max).toBeGreaterThanOrEqual(column.width)
        // As wide as the separator lets it be, and the payload still has its room.
        const widest = { ...wanted, [column.name]: column.max }
        expect(payloadIn(width, widest)).toBeGreaterThanOrEqual(132)
      }
    }),
  )
})
