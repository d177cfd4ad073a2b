/** A text that is read from the left to the right. */
export class TermText {
  readonly text: string
  /** What is read next. */
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** Whether there is white space, or nothing any more, at `index`. */
  isSpaceAt(index: number): boolean {
    return index >= this.text.length || /\s/.test(this.text[index] ?? '')
  }

  skipSpace(): void {
    while (!this.isAtEnd && this.isSpaceAt(this.at)) this.at += 1
  }

  /** Reads what a sticky expression matches here; undefined, and nothing read, where it does not. */
  take(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at
    const match = sticky.exec(this.text) ?? undefined
    if (match) this.at += match[0].length
    return match
  }

  /** Reads up to the next white space. */
  takeWord(): string {
    return this.take(/\S*/y)?.[0] ?? ''
  }

  /**
   * Reads a text in double quotes, in which a backslash takes the next character as it is. Undefined
   * where the closing quote is missing; then everything is read.
   */
  takeQuoted(): string | undefined {
    const match = this.take(/"((?:[^"\\]|\\.)*)"/sy)
    if (match) return (match[1] ?? '').replace(/\\(.)/gs, '$1')
    this.at = this.text.length
    return undefined
  }
}
