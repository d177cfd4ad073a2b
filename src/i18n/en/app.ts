/** The frame around the panes: left bar, connection list, notices, settings, help. */
export const app = {
  undo: 'Undo',
  dismiss: 'Dismiss',
  reload: 'Reload',
  connectionDeleted: '“{name}” was deleted.',
  subscriptionRemoved: 'The subscription {filter} was removed.',

  bar: {
    label: 'Main',
    connections: 'Connections',
    newConnection: 'New Connection',
    settings: 'Settings',
    help: 'Help',
  },

  frame: {
    back: 'Back to connections',
    backToMessages: 'Back to messages',
    listWidth: 'Width of the connections',
    subscriptionsWidth: 'Width of the subscriptions',
    publishHeight: 'Height of the publish pane',
    showPublish: 'Write a message',
    hidePublish: 'Hide the publish pane',
    views: 'Views of the connection',
    choose: 'Choose a connection',
    chooseText: 'Its messages, subscriptions and the publish pane open here.',
    gone: 'There is no such connection',
    goneText: 'It was deleted, or it was made in another browser.',
  },

  list: {
    connected: 'Connected',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    disconnected: 'Disconnected',
    about: '{host} · MQTT {version}',
    unread: 'unread',
  },

  empty: {
    text: 'An MQTT client in a browser tab: connect to a broker, subscribe to topics, publish messages. What you make stays in this browser.',
    presets: 'Or start from a connection of this site:',
    embedded:
      'A broker is built in, for learning and tests. It is reached only from this machine, and it forgets everything when it stops.',
  },

  engine: {
    starting: 'Starting',
    silent: 'The engine has stopped answering',
    silentText:
      'It runs in the background, holds the connections and writes the log. Reload the page to start it again; stored messages are kept.',
    broken: 'The engine could not start',
    brokenText:
      'It needs this browser’s storage (IndexedDB), which may be denied in a private window or be full.',
    occupied: 'MQTab is open in another tab',
    occupiedText:
      'This browser can run it in one tab at a time. Taking over ends the connections there and opens them here.',
    takeOver: 'Use here',
    unanswered: 'The engine was started again; whether the message had left is not known.',
    retired: 'A newer MQTab took over',
    retiredText:
      'Another tab or a newer version of this site holds the connections now. Reload to continue here.',
  },

  error: {
    unexpected: 'Something went wrong on this page',
    part: 'A part of the page could not be loaded',
    partText: 'The site may have been updated, or the network is gone.',
    config: 'The settings of this site (config.json) are broken and were ignored',
  },

  settings: {
    theme: 'Theme',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
    data: 'Your data',
    dataText:
      'Connections, passwords, subscriptions, drafts and messages are kept in this browser only, for {origin}. Nothing is sent anywhere but to the brokers that you connect to. Clearing the data of this site in the browser deletes all of it.',
    used: 'Storage in use: {used} of {quota}.',
    about: 'About',
    version: 'MQTab {version}',
    licenses: 'Licences of the software in it',
  },

  ui: {
    close: 'Close',
    optional: 'optional',
    showPassword: 'Show the password',
    hidePassword: 'Hide the password',
    add: 'Add a property',
    name: 'Name {row}',
    value: 'Value {row}',
    remove: 'Remove property {row}',
    moveUp: 'Move property {row} up',
    moveDown: 'Move property {row} down',
  },
} as const
