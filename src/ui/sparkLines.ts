/** A point of a line; without a `y` the line breaks there. */
export type SparkPoint = { x: number; y: number | undefined }

/** What is in the picture: `from` at its left edge, `until` at its right one, `top` at the upper one. */
export type SparkFrame = { from: number; until: number; top: number }

/** The picture in its own units. */
export const SPARK_WIDTH = 100
export const SPARK_HEIGHT = 32

/** A lone point is a line of this length, so that it can be seen. */
const SHORTEST = 1

/** The lines through the points, each as `x,y` pairs of the picture, cut where a `y` is missing. */
export function sparkLines(
  points: readonly SparkPoint[],
  { from, until, top }: SparkFrame,
): [number, number][][] {
  const lines: [number, number][][] = []
  let line: [number, number][] = []
  for (const { x, y } of [...points, { x: until, y: undefined }]) {
    if (y !== undefined) {
      const right = until > from ? ((x - from) / (until - from)) * SPARK_WIDTH : SPARK_WIDTH
      const up = top > 0 ? Math.min(1, Math.max(0, y / top)) : 0
      line.push([round(right), round(SPARK_HEIGHT * (1 - up))])
    } else if (line.length > 0) {
      const [first] = line
      if (line.length === 1 && first) line.unshift([round(first[0] - SHORTEST), first[1]])
      lines.push(line)
      line = []
    }
  }
  return lines
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
