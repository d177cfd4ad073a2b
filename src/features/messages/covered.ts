import { inject, provide, type InjectionKey } from 'vue'

const key: InjectionKey<() => boolean> = Symbol('covered')

/** Makes known to everything below whether another pane stands in front of the messages. */
export function provideCovered(isCovered: () => boolean): void {
  provide(key, isCovered)
}

/** Whether another pane stands in front, so that nothing needs to be drawn. */
export function useCovered(): () => boolean {
  return inject(key, () => false)
}
