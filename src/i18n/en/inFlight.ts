/** Published messages that the broker did not acknowledge: the line above the panes, and its dialog. */
export const inFlight = {
  one: '1 message was not acknowledged',
  many: '{count} messages were not acknowledged',
  show: 'Show',
  title: 'Not Acknowledged',
  hint: 'The connection ended before the broker answered. The broker may have a message already, so it can arrive twice when you send it again.',
  offline: 'Connect, and they can be sent again.',
  list: 'Messages that were not acknowledged',
  item: 'Published to {topic} at {time}',
  more: 'These are the first {shown}; {count} more follow when these are gone.',
  sendAgain: 'Send Again',
  sendAllAgain: 'Send All Again',
  discard: 'Discard',
  discardAll: 'Discard All',
  discardOne: 'Discard this message?',
  discardMany: 'Discard {count} messages?',
  discardText:
    'It will be neither listed nor marked as not acknowledged any more. It stays in the log.',
  discardManyText:
    'They will be neither listed nor marked as not acknowledged any more. They stay in the log.',
  cancel: 'Cancel',
} as const
