export type Options = {
  /** Only scenarios whose names begin so; all where there is none. */
  only: string[]
  isQuick: boolean
  /** Shows where the time of the engine goes; figures are worth less then. */
  isProfiled: boolean
}

const USAGE = `npm run bench -- [--only <scenario>]... [--quick] [--profile]`

/** Reads the command line. Throws an Error with the usage where it makes no sense. */
export function readOptions(words: readonly string[]): Options {
  const options: Options = { only: [], isQuick: false, isProfiled: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    const next = words[i + 1]
    if (word === '--quick') options.isQuick = true
    else if (word === '--profile') options.isProfiled = true
    else if (word === '--only' && next !== undefined) {
      options.only.push(next)
      i += 1
    } else throw new Error(`Not understood: ${word ?? ''}\n${USAGE}`)
  }
  return options
}
