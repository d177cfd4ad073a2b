/** Spaces of other kinds (RFC 3454, table C.1.2). */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu

/** What SASLprep drops: soft hyphens, joiners, variation selectors, the byte order mark (table B.1). */
const NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu

/**
 * A user name or password as SCRAM hashes and sends it: mapped and normalised as SASLprep says (RFC 4013
 * §2.1 and §2.2, by way of NFKC), so that one text typed on two keyboards is one password. What SASLprep
 * prohibits, control characters and mixed directions, passes: a server that keeps to it has no such user
 * or password, and refuses. ASCII text is left as it is.
 */
export function prepareText(text: string): string {
  return text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC')
}
