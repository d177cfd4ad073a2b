import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/**
 * Whether the reader is busy with what is drawn: a pointer is pressed on it or rests on a button of it,
 * text of it is selected, the keyboard is in it, or a message of it `isOpen`. As long as that lasts,
 * rows must not move away.
 */
export function useSuspension(
  area: Readonly<Ref<HTMLElement | null>>,
  isOpen: () => boolean,
): Readonly<Ref<boolean>> {
  const isBusy = ref(false)
  let isPressed = false
  let isOnButton = false

  const contains = (node: EventTarget | Node | null) =>
    node instanceof Node && (area.value?.contains(node) ?? false)

  function update() {
    const selection = getSelection()
    const hasSelection = selection?.isCollapsed === false && contains(selection.anchorNode)
    // A dialog that closes gives back the focus, which says nothing when a pointer closed it.
    const focused = document.activeElement
    const hasKeyboard = contains(focused) && focused?.matches(':focus-visible') === true
    isBusy.value = isPressed || isOnButton || hasSelection || hasKeyboard || isOpen()
  }

  function onPress({ target }: Event) {
    isPressed = contains(target)
    update()
  }

  function onRelease() {
    isPressed = false
    update()
  }

  function onOver(event: Event) {
    const { target } = event
    // A finger does not rest on anything: it is told to come, and not to go.
    const isMouse = event instanceof PointerEvent && event.pointerType === 'mouse'
    const isOver = isMouse && target instanceof Element && target.closest('button') !== null
    const next = isOver && contains(target)
    if (next === isOnButton) return
    isOnButton = next
    update()
  }

  const listeners: [string, (event: Event) => void][] = [
    ['pointerdown', onPress],
    ['pointerup', onRelease],
    ['pointercancel', onRelease],
    ['pointerover', onOver],
    ['selectionchange', update],
    ['focusin', update],
    // The focus has moved only after the event.
    ['focusout', () => queueMicrotask(update)],
  ]
  watch(isOpen, update)
  for (const [type, listener] of listeners) document.addEventListener(type, listener)
  onScopeDispose(() => {
    for (const [type, listener] of listeners) document.removeEventListener(type, listener)
  })
  return readonly(isBusy)
}
