import type { Outcome, ScenarioResult } from '../runScenario.ts'

/** A number with three digits that count, thousands parted. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–'
  const digits =
    Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

/** Rows of cells as a Markdown table, whose first row is its head. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n')
}

/** What a target asks for, as `≥ 8 ×`. */
function formatBound({ bound, unit }: Outcome): string {
  if (!bound) return ''
  const [sign, value] = 'atLeast' in bound ? ['≥', bound.atLeast] : ['≤', bound.atMost]
  return `${sign} ${formatNumber(value)} ${unit}`
}

/** The targets of all scenarios with what was measured. */
export function targetTable(results: readonly ScenarioResult[]): string {
  const rows = results.flatMap(({ outcomes }) =>
    outcomes.map((outcome) => [
      outcome.words,
      formatBound(outcome),
      `${formatNumber(outcome.value ?? NaN)} ${outcome.unit}`,
      verdict(outcome),
    ]),
  )
  return markdownTable([['What', 'Target', 'Measured', ''], ...rows])
}

/** The medians of one scenario: a row for each figure, a column for each contender. */
export function figureTable({ medians }: ScenarioResult): string {
  const names = Object.keys(medians)
  const figures = new Set(names.flatMap((name) => Object.keys(medians[name] ?? {})))
  const rows = Array.from(figures, (figure) => [
    figure,
    ...names.map((name) => formatNumber(medians[name]?.[figure] ?? NaN)),
  ])
  return markdownTable([['', ...names], ...rows])
}

function verdict({ isMet }: Outcome): string {
  if (isMet === undefined) return ''
  return isMet ? 'met' : '**not met**'
}
