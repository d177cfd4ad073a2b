export const subscription = {}
