/** The status of what a server said to a plain request; `redirect`: it leads elsewhere. */
export type HttpAnswer = number | 'redirect'

/** What an answer means where a WebSocket was to open. */
export type HttpAnswerKind =
  /** There is a page. */
  | 'page'
  | 'nothing'
  | 'redirect'
  /** The server lets nobody in. */
  | 'forbidden'
  /** Something there wants a WebSocket. */
  | 'upgrade'
  /** A proxy reaches nobody behind it. */
  | 'gateway'
  | 'other'

/** Sorts the statuses of HTTP (RFC 9110 §15) by what they mean for a WebSocket. */
export function httpAnswerKind(http: HttpAnswer): HttpAnswerKind {
  if (http === 'redirect') return 'redirect'
  if (http === 401 || http === 403) return 'forbidden'
  if (http === 404 || http === 410) return 'nothing'
  if (http === 400 || http === 426) return 'upgrade'
  if (http >= 502 && http <= 504) return 'gateway'
  return http < 300 ? 'page' : 'other'
}
