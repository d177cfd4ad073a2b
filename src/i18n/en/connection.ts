/** The head of an open connection, its troubles, and the status bar. */
export const connection = {
  state: {
    connected: 'Connected',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    reconnectingIn: 'Reconnecting in {seconds} s',
    disconnected: 'Disconnected',
  },
  sessionResumed: 'session resumed',
  sessionNew: 'new session',
  ping: '{milliseconds} ms ping',
  address: '{host}:{port}',
  version: 'MQTT {version}',

  connect: 'Connect',
  disconnect: 'Disconnect',
  showSubscriptions: 'Subscriptions',
  more: 'More',
  drop: 'Drop Connection',
  dropHint: 'Ends without a DISCONNECT, so the broker publishes the Last Will.',
  edit: 'Edit',
  duplicate: 'Duplicate',
  clear: 'Clear Messages',
  delete: 'Delete Connection',

  clearTitle: 'Clear the messages of “{name}”?',
  clearOne: 'One message is deleted from this browser and cannot be brought back.',
  clearMany: '{count} messages are deleted from this browser and cannot be brought back.',
  clearKeeps: 'What the broker retains stays there.',
  cancel: 'Cancel',

  trouble: {
    next: 'Try {attempt} follows in {seconds} s.',
    trying: 'Try {attempt} is under way.',
    retryNow: 'Retry now',
    stop: 'Stop',
    edit: 'Edit',
    useVersion: 'Use MQTT {version}',
    visit: 'Open {origin}',
  },

  status: {
    label: 'Status',
    received: 'Received',
    stored: 'Stored',
    dropped: 'Dropped',
    letGo: 'Let go',
    letGoText:
      'Older messages that are beyond the limits of this log. Edit the connection to change them.',
    rate: '{rate} msg/s',
    log: 'log {size}',
    slowed: 'Storage is behind; the broker is being slowed down',
  },
} as const
