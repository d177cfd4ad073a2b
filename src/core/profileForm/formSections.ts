import type { FormField, ProfileForm } from './profileForm.ts'

/** The parts of the form that can be folded away. */
export type FormSection = 'advanced' | 'will' | 'log'

const FIELDS: Readonly<Record<FormSection, readonly FormField[]>> = {
  advanced: [
    'version',
    'connectTimeout',
    'keepAlive',
    'cleanSession',
    'autoReconnect',
    'reconnectPeriod',
    'sessionExpiryInterval',
    'receiveMaximum',
    'maximumPacketSize',
    'topicAliasMaximum',
    'requestResponseInformation',
    'requestProblemInformation',
    'authenticationMethod',
    'userProperties',
  ],
  will: [
    'willTopic',
    'willQos',
    'willRetain',
    'willPayload',
    'willDelayInterval',
    'payloadFormatIndicator',
    'messageExpiryInterval',
    'contentType',
    'responseTopic',
    'correlationData',
    'willUserProperties',
  ],
  log: ['keepMessages', 'keepSize', 'keepDays'],
}

/** Whether one of `fields` stands in the section. */
export function hasFieldOf(section: FormSection, fields: readonly FormField[]): boolean {
  return fields.some((field) => FIELDS[section].includes(field))
}

/** The fields whose values differ between two forms. */
export function changedFields(form: ProfileForm, other: ProfileForm): FormField[] {
  const fields = Object.keys(form) as FormField[]
  return fields.filter((field) => JSON.stringify(form[field]) !== JSON.stringify(other[field]))
}
