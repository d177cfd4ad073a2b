/**
 * Reads records that another build may have written: each field by itself, and where it is missing or
 * of another type, something else in its place.
 */

export type Fields = Readonly<Record<string, unknown>>

/** The fields of a plain object; undefined for anything else. */
export function fieldsOf(value: unknown): Fields | undefined {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isPlain ? (value as Fields) : undefined
}

export function textOr<Other>(value: unknown, otherwise: Other): string | Other {
  return typeof value === 'string' ? value : otherwise
}

export function flagOr<Other>(value: unknown, otherwise: Other): boolean | Other {
  return typeof value === 'boolean' ? value : otherwise
}

/** A whole number that is not negative. */
export function countOr<Other>(value: unknown, otherwise: Other): number | Other {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : otherwise
}

export function oneOf<Choice, Other>(
  value: unknown,
  choices: readonly Choice[],
  otherwise: Other,
): Choice | Other {
  return choices.find((choice) => choice === value) ?? otherwise
}

/** The items that `read` understands, in order; the others and what is no list are left out. */
export function listOf<Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return items.map(read).filter((item) => item !== undefined)
}

/** Leaves out what is undefined, since an absent field and an undefined one are not the same here. */
export function present<Value extends object>(fields: {
  [Key in keyof Value]-?: Value[Key] | (object extends Pick<Value, Key> ? undefined : never)
}): Value {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Value
}
