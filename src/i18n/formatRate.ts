const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** How many, on average: `0`, `0.4`, `57.6`, `1,204`; what would be shown as 0 and is not is `<0.1`. */
export function formatRate(rate: number): string {
  if (rate > 0 && rate < 0.05) return '<0.1'
  return (rate < 99.95 ? oneDigit : whole).format(rate)
}
