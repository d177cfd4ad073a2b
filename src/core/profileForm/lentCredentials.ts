import type { ProfileForm } from './profileForm.ts'

/** Credentials that a new form took over together with another connection's broker. */
export type LentCredentials = Pick<ProfileForm, 'host' | 'username' | 'password'>

/**
 * The credentials of the form, emptied where they are still those that were lent for another host: a
 * password that nobody typed here must not go to a broker that it was never meant for.
 */
export function credentialsFor(
  { host, username, password }: LentCredentials,
  lent: LentCredentials,
): Pick<ProfileForm, 'username' | 'password'> {
  const isSameHost = host.trim().toLowerCase() === lent.host.toLowerCase()
  const isTyped = username !== lent.username || password !== lent.password
  return isSameHost || isTyped ? { username, password } : { username: '', password: '' }
}
