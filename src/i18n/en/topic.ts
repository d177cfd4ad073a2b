/** What is wrong with a topic name or a topic filter; used wherever one is typed. */
export const topic = {
  empty: 'Enter a topic.',
  tooLong: 'The topic takes {bytes} bytes in UTF-8. MQTT allows at most {maximum}.',
  badCharacter:
    'The topic has a character that no MQTT text may have: U+0000, or half of a character.',
  wildcardInTopic: '“{wildcard}” is a wildcard. It can be subscribed to, but not published to.',
  misplacedHash: '“#” must be a whole level, and the last one, as in sensor/#.',
  misplacedPlus: '“+” must be a whole level, as in sensor/+/temperature.',
  badShare:
    'A shared subscription is written $share/group/filter, and its group has no “+” or “#”.',
} as const
