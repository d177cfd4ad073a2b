import type { Bytes } from '../src/core/units.ts'

/** How the broker reaches one client: a WebSocket, a MessagePort, or two arrays in a test. */
export type Transport = {
  write(bytes: Uint8Array): void
  /** Closes after what was written; the broker calls nothing more afterwards. */
  close(): void
  /** Bytes written and not yet sent; absent: unknown. */
  unsent?(): Bytes
}

/** What the transport tells the broker. */
export type Attachment = {
  /** Bytes from the client, in any pieces. They belong to the broker from then on. */
  data(bytes: Uint8Array): void
  /** The transport is closed, by whomever. */
  closed(): void
}
