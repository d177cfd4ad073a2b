import { defineStore } from 'pinia'
import type { ProfileForm } from '@/core/profileForm/profileForm.ts'

/**
 * Connection forms that were left before they were saved, by what they are for. In memory only: a
 * password that nobody has saved is not written anywhere.
 */
export const useUnsavedForms = defineStore('unsavedForms', () => {
  const forms = new Map<string, ProfileForm>()

  function keep(key: string, form: ProfileForm) {
    forms.set(key, form)
  }

  /** The form that was left under this key, or undefined. It stays until it is forgotten. */
  function find(key: string): ProfileForm | undefined {
    return forms.get(key)
  }

  function forget(key: string) {
    forms.delete(key)
  }

  return { keep, find, forget }
})
