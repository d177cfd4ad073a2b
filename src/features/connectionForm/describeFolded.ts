import type { ProfileForm } from '@/core/profileForm/profileForm.ts'
import { formatCount, t } from '@/i18n/translate.ts'

/** What the folded section `Advanced` holds, in a few words. */
export function describeAdvanced({ version, keepAlive, cleanSession }: ProfileForm): string {
  const session = t(cleanSession ? 'form.folded.clean' : 'form.folded.kept')
  return t('form.folded.advanced', { version, keepAlive, session })
}

/** What the folded section `Last Will and Testament` holds, in a few words. */
export function describeWill({ willTopic }: ProfileForm): string {
  return willTopic === '' ? t('form.folded.noWill') : t('form.folded.will', { topic: willTopic })
}

/** What the folded section `Message Log` holds, in a few words. */
export function describeLog({ keepMessages, keepSize, keepDays }: ProfileForm): string {
  const typed = Number(keepMessages)
  const messages = Number.isNaN(typed) ? keepMessages : formatCount(typed)
  const size = keepSize.trim()
  const days = keepDays.trim()
  if (days === '') return t('form.folded.log', { messages, size })
  return t('form.folded.logDays', { messages, size, days })
}
