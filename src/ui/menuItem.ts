/** One entry of a `UiMenu`. */
export type MenuItem = {
  label: string
  /** What it does, where the label alone does not say. */
  hint?: string
  run: () => void
  tone?: 'danger'
  disabled?: boolean
  /** A line stands above it. */
  separated?: boolean
}
