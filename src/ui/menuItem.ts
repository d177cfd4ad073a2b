/** One entry of a `UiMenu`. */
export type MenuItem = {
  label: string
  run: () => void
  tone?: 'danger'
  disabled?: boolean
  /** A line stands above it. */
  separated?: boolean
}
