/**
 * What every component takes beside its props, because it falls through to an element. Strict templates
 * would refuse it otherwise.
 */
import type { AriaAttributes } from 'vue'

declare module 'vue' {
  interface AllowedComponentProps extends AriaAttributes {
    id?: string
    role?: string
    title?: string
    name?: string
    form?: string
    maxlength?: number
    readonly?: boolean
    required?: boolean
    disabled?: boolean
    tabindex?: number
    autofocus?: boolean
    onClick?: (event: MouseEvent) => void
    onDblclick?: (event: MouseEvent) => void
    onKeydown?: (event: KeyboardEvent) => void
    onInput?: (event: InputEvent) => void
    onChange?: (event: Event) => void
    onFocus?: (event: FocusEvent) => void
    onBlur?: (event: FocusEvent) => void
    onPaste?: (event: ClipboardEvent) => void
  }
}
