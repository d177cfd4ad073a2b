/** Whether a session was resumed, why, and what came out of its queue. Names are the specification's. */
export const session = {
  title: 'Session',
  cleanSession: 'Clean Session',
  cleanStart: 'Clean Start',
  /** In the head of a connection. */
  short: {
    resumed: 'session resumed',
    new: 'new session',
    expired: 'session expired',
    lost: 'session lost',
    unsaid: 'session unknown',
  },
  reason: {
    resumed: 'The broker had kept this session and resumed it.',
    clean: '{flag} is on, so the broker began a new session.',
    'none-kept': '{flag} is off, but the broker had no session of this Client ID to resume.',
    ended:
      '{flag} is off, but there was nothing to resume: the last session ended with its connection, as Clean Session or a Session Expiry Interval of 0 asks for.',
    expired:
      'A session was left with the broker, but its Session Expiry Interval was over. What was queued in it is lost.',
    lost: 'A session was left with the broker, but it is gone: the broker restarted without saving it, let it expire, or another client with this Client ID ended it. What was queued in it is lost.',
    unsaid: 'In MQTT 3.1 a broker cannot say whether it resumed a session.',
  },
  queue: {
    counting: 'Messages out of the queue so far: {count}.',
    none: 'Nothing was queued.',
    one: '1 message came out of the queue.',
    many: '{count} messages came out of the queue.',
  },
} as const
