import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/**
 * Text that is typed over a selection replaces it in the editor's state, not in the document. Left to
 * itself, Chromium keeps the look of what it deletes: it wraps the new text in a span with a style
 * attribute, and the content security policy refuses that, with a report each time.
 */
export const replaceSelectedText: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== 'insertText' || event.data === null) return false
    const { from, to } = selectedRange(view)
    if (from === to) return false
    const insert = view.state.toText(event.data)
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      scrollIntoView: true,
      userEvent: 'input.type',
    })
    return true
  },
})

/** Chromium's own; elsewhere the selection of a shadow root is only known to the editor. */
type Selectable = { getSelection?(): Selection | null }

/**
 * What is selected in the document: the editor hears of it a little later, and the event's own target
 * ranges are empty inside a shadow root.
 */
function selectedRange(view: EditorView): { from: number; to: number } {
  const selection = (view.root as Selectable).getSelection?.()
  const { anchorNode, focusNode } = selection ?? {}
  const isInside = view.contentDOM.contains(anchorNode ?? null)
  if (!selection || !isInside || !anchorNode || !focusNode) return view.state.selection.main
  const anchor = view.posAtDOM(anchorNode, selection.anchorOffset)
  const head = view.posAtDOM(focusNode, selection.focusOffset)
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) }
}
