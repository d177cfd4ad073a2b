import type { Locator } from '@playwright/test'

/** By label: the text of a field, the option of a choice, or whether a switch is on. */
export type Fields = Record<string, string | boolean>

/** Fills the fields within `scope` in, in the given order. */
export async function fillIn(scope: Locator, fields: Fields): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await set(scope.getByLabel(label, { exact: true }), value)
  }
}

async function set(field: Locator, value: string | boolean): Promise<void> {
  if (typeof value === 'boolean') {
    await field.setChecked(value)
    return
  }
  const kind = await field.evaluate((element) => element.getAttribute('role') ?? element.localName)
  if (kind === 'select') await field.selectOption({ label: value })
  else if (kind === 'radiogroup') {
    await field.getByRole('radio', { name: value, exact: true }).check()
  } else await field.fill(value)
}
