import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { changedFields } from '@/core/profileForm/formSections.ts'
import { profileOf } from '@/core/profileForm/profileForm.ts'
import { useConnections } from '@/stores/connections.ts'
import { useUnsavedForms } from '@/stores/unsavedForms.ts'
import { purposeKey, startForm, type FormPurpose } from './startForm.ts'
import { provideFormFields } from './useFormFields.ts'

/** What is to happen once the engine has saved the profile. */
type AfterSaving = 'connect' | 'show'

/**
 * One form from its first values to its saved profile. What was typed is kept when the form is left,
 * until it is saved or discarded.
 */
export function useConnectionForm(purpose: FormPurpose) {
  const connections = useConnections()
  const unsaved = useUnsavedForms()
  const router = useRouter()

  const key = purposeKey(purpose)
  const start = startForm(purpose)
  const kept = unsaved.find(key)
  const isRestored = shallowRef(kept !== undefined)
  const fields = provideFormFields(kept ?? start.form, start.lent)
  const { id } = start.identity

  const snapshot = computed(() => connections.get(id))
  const phase = computed(() => snapshot.value?.state.phase)
  const isConnected = computed(() => phase.value === 'connected')

  let after: AfterSaving | undefined
  let isDone = false

  /** Saves the form; false when it has issues, which are then shown. */
  function save(then: AfterSaving): boolean {
    if (!fields.checkAll()) return false
    after = then
    connections.save(profileOf(fields.form, start.identity))
    return true
  }

  // The engine answers with the profile as saved. Where it cannot save, a notice says so, and the form
  // is still there with all its values.
  watch(
    () => snapshot.value?.profile,
    () => {
      if (after === undefined) return
      if (after === 'connect') {
        if (phase.value !== 'disconnected') connections.disconnect(id)
        connections.connect(id)
      }
      leaveTo({ name: 'connection', params: { connection: id } })
    },
  )

  /** Back to what the form began with. */
  function startOver() {
    Object.assign(fields.form, start.form)
    isRestored.value = false
  }

  function cancel() {
    const { connection, from } = purpose
    const back = connection ?? from
    leaveTo(back ? { name: 'connection', params: { connection: back } } : { name: 'home' })
  }

  /** Going back in the history should not lead into a form that is finished. */
  function leaveTo(place: { name: string; params?: { connection: string } }) {
    isDone = true
    void router.replace(place)
  }

  onBeforeUnmount(() => {
    const isChanged = changedFields(fields.form, start.form).length > 0
    if (isChanged && !isDone) unsaved.keep(key, { ...fields.form })
    else unsaved.forget(key)
  })

  return { fields, isRestored, isConnected, save, startOver, cancel }
}
