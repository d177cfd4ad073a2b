/** A number as it is written, without a loss: 0.`digits` × 10^`exponent`, where digits[0] is not 0. */
export type Decimal = { sign: -1 | 0 | 1; digits: string; exponent: bigint }

const FORM = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

/** Reads a number as JSON writes it; a plus sign and a missing digit beside the point are taken too. */
export function readDecimal(text: string): Decimal | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, minus, whole = '', fraction = '', power = '0'] = match
  if (whole + fraction === '') return undefined
  const all = whole + fraction
  const first = all.search(/[1-9]/)
  if (first === -1) return { sign: 0, digits: '', exponent: 0n }
  let end = all.length
  while (all[end - 1] === '0') end -= 1
  return {
    sign: minus === '-' ? -1 : 1,
    digits: all.slice(first, end),
    exponent: BigInt(power.replace('+', '')) + BigInt(whole.length - first),
  }
}

/** Less than 0 where `one` is the smaller number, 0 where they are equal, more than 0 otherwise. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) return one.sign - other.sign
  if (one.sign === 0) return 0
  return one.sign === 1 ? compareAmounts(one, other) : compareAmounts(other, one)
}

function compareAmounts(one: Decimal, other: Decimal): number {
  if (one.exponent !== other.exponent) return one.exponent < other.exponent ? -1 : 1
  if (one.digits === other.digits) return 0
  return one.digits < other.digits ? -1 : 1
}
