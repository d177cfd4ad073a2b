import { inject, type InjectionKey } from 'vue'

/** The few words that primitives say by themselves. They know no language: `app` provides these. */
export type UiWords = {
  close: string
  optional: string
  showPassword: string
  hidePassword: string
  add: string
  /** Each gets the number of the row it is for, from 1. */
  name: (row: number) => string
  value: (row: number) => string
  remove: (row: number) => string
  moveUp: (row: number) => string
  moveDown: (row: number) => string
}

export const uiWordsKey: InjectionKey<UiWords> = Symbol('uiWords')

/** The words that `app` provided; throws when there are none. Call it in `setup`. */
export function useWords(): UiWords {
  const words = inject(uiWordsKey)
  if (!words) throw new Error('No words were provided for the primitives')
  return words
}
