/** The publish pane. */
export const publish = {
  title: 'Publish',
} as const
