/** The authentication methods that MQTab carries out (RFC 5802 §4, RFC 7677 §3), the likeliest first. */
export const SCRAM_METHODS = ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1'] as const

export type ScramMethod = (typeof SCRAM_METHODS)[number]

/** The method of this name, letter for letter as a broker knows it; undefined when it is none of them. */
export function scramMethod(name: string | undefined): ScramMethod | undefined {
  return SCRAM_METHODS.find((method) => method === name)
}
