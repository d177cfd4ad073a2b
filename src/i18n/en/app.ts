/** The frame around the panes: left bar, notices, settings, help. */
export const app = {
  undo: 'Undo',
  dismiss: 'Dismiss',
  connectionDeleted: '“{name}” was deleted.',
  subscriptionRemoved: 'The subscription {filter} was removed.',
} as const
