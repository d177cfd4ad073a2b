export const message = {}
