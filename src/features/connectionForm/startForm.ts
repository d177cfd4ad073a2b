import type { ConnectionId } from '@/core/id.ts'
import { addressOf, newProfile, type Profile } from '@/core/profile.ts'
import type { LentCredentials } from '@/core/profileForm/lentCredentials.ts'
import { formOf, type ProfileForm } from '@/core/profileForm/profileForm.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from '@/stores/connections.ts'
import { parseBroker, useSite } from '@/stores/site.ts'
import { freshClientId, freshConnectionId } from '@/stores/freshIds.ts'

/** What a form is for: one of these, or none of them for a plain new connection. */
export type FormPurpose = {
  /** Edits this connection. */
  connection?: ConnectionId | undefined
  /** Duplicates this one. */
  from?: ConnectionId | undefined
  /** Begins with the connection at this place of the site's configuration. */
  preset?: number | undefined
}

/** The values that a form begins with, and those of its profile that it does not show. */
export type FormStart = {
  form: ProfileForm
  identity: Pick<Profile, 'id' | 'createdAt'>
  /** Present where the credentials are not this connection's own. */
  lent?: LentCredentials
}

/** Names a purpose, so that what was typed for it is found again. */
export function purposeKey({ connection, from, preset }: FormPurpose): string {
  return JSON.stringify({ connection, from, preset })
}

/** The form for a purpose; that of a plain new connection where what it names does not exist. */
export function startForm({ connection, from, preset }: FormPurpose): FormStart {
  const edited = connection && useConnections().get(connection)?.profile
  if (edited) return { form: formOf(edited), identity: edited }
  const given = copied(from) ?? presetProfile(preset)
  if (given) return { form: formOf(given), identity: given }
  const next = nextProfile()
  const form = formOf(next)
  return { form, identity: next, lent: form }
}

/** A form with MQTab's defaults, to compare with. */
export function blankForm(): ProfileForm {
  return formOf(blank())
}

function blank(broker = useSite().defaultBroker): Profile {
  return newProfile(freshConnectionId(), freshClientId(), broker, Date.now())
}

/**
 * The broker that connected last takes the next client, too, with the same credentials. All else
 * belongs to one client: a session without Clean Session or a will is not copied unseen.
 */
function nextProfile(): Profile {
  const { lastConnected, get } = useConnections()
  const last = lastConnected && get(lastConnected)?.profile
  if (!last) return blank()
  const { username, password } = last
  return { ...blank(addressOf(last)), username, password }
}

function copied(from: ConnectionId | undefined): Profile | undefined {
  const original = from && useConnections().get(from)?.profile
  if (!original) return undefined
  const { id, clientId, createdAt } = blank()
  const name = t('form.copyName', { name: original.name })
  return { ...original, id, clientId, createdAt, name }
}

function presetProfile(index: number | undefined): Profile | undefined {
  const preset = index === undefined ? undefined : useSite().presets[index]
  const broker = preset && parseBroker(preset.url)
  if (!broker) return undefined
  const { name, clientId, username = '', version } = preset
  const profile = blank(broker)
  return {
    ...profile,
    name,
    username,
    clientId: clientId ?? profile.clientId,
    version: version ?? profile.version,
  }
}
