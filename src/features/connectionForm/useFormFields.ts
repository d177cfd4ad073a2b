import { computed, inject, provide, reactive, type ComputedRef, type InjectionKey } from 'vue'
import { formHints, type FormHint } from '@/core/profileForm/formHints.ts'
import { formIssues, type FieldIssue } from '@/core/profileForm/formIssues.ts'
import { credentialsFor, type LentCredentials } from '@/core/profileForm/lentCredentials.ts'
import type { FormField, ProfileForm } from '@/core/profileForm/profileForm.ts'
import { describeFieldIssue } from '@/i18n/describeFieldIssue.ts'
import { describeFormHint } from '@/i18n/describeFormHint.ts'

/** What the parts of the form share: its values, and what is to be said beside each field. */
export type FormFields = {
  /** Reactive; the fields write into it. */
  form: ProfileForm
  /** The field's issue, once the field was left or the form submitted. */
  issueIn: (field: FormField) => FieldIssue | undefined
  /** The words for it. */
  issueOf: (field: FormField) => string | undefined
  /** What the value as it is gives reason to say. */
  hintOf: (field: FormHint['field'] | FormField) => string | undefined
  /** A host has been entered: credentials that were lent for another one go. */
  settleHost: () => void
  /** The field has been left, so its issue may be shown. */
  leave: (field: FormField) => void
}

/** What the form itself does with its fields, beside what its parts do. */
export type FormCheck = {
  /** The fields whose issues are shown. */
  shown: ComputedRef<FormField[]>
  /** Shows every issue; true when there is none. */
  checkAll: () => boolean
}

const key: InjectionKey<FormFields> = Symbol('formFields')

/** The fields of the form that this component is a part of; throws outside of one. */
export function useFormFields(): FormFields {
  const fields = inject(key)
  if (!fields) throw new Error('Not inside a connection form')
  return fields
}

/**
 * Makes the fields of a form, beginning with `start`, known to its parts. `lent` are credentials that
 * came with the broker of another connection.
 */
export function provideFormFields(
  start: ProfileForm,
  lent: LentCredentials | undefined,
): FormFields & FormCheck {
  const form = reactive({ ...start })
  const left = reactive(new Set<FormField>())
  const page = { protocol: location.protocol, isSecureContext }
  const issues = computed(() => formIssues(form))
  const hints = computed(() => formHints(form, page))

  const shown = computed(() => (Object.keys(issues.value) as FormField[]).filter(isLeft))

  function isLeft(field: FormField): boolean {
    return left.has(field)
  }

  function settleHost() {
    if (lent) Object.assign(form, credentialsFor(form, lent))
  }

  function leave(field: FormField) {
    left.add(field)
  }

  function issueIn(field: FormField): FieldIssue | undefined {
    return left.has(field) ? issues.value[field] : undefined
  }

  function issueOf(field: FormField): string | undefined {
    const issue = issueIn(field)
    return issue && describeFieldIssue(issue)
  }

  function hintOf(field: FormHint['field'] | FormField): string | undefined {
    const hint = hints.value.find((other) => other.field === field)
    return hint && describeFormHint(hint, form.scheme)
  }

  function checkAll(): boolean {
    for (const field of Object.keys(form) as FormField[]) left.add(field)
    return Object.keys(issues.value).length === 0
  }

  const fields = { form, issueIn, issueOf, hintOf, settleHost, leave }
  provide(key, fields)
  return { ...fields, shown, checkAll }
}
