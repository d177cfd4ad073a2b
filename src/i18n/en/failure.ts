export const failure = {}
