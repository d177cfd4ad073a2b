import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import type { PayloadType } from '@/core/draft.ts'
import { payloadEditorTheme } from './payloadEditorTheme.ts'
import { replaceSelectedText } from './replaceSelectedText.ts'

export type PayloadEditorOptions = {
  text: string
  type: PayloadType
  /** The accessible name. */
  label: string
  onEdit(text: string): void
}

/** What is said of the text, and the place (in UTF-16 units from 0) that is marked for it. */
export type PayloadEditorNote = { words: string; isWrong: boolean; at: number | undefined }

export type PayloadEditor = {
  /** Shows another text; nothing happens when it is the one that is shown. */
  setText(text: string): void
  /** JSON is coloured, and its brackets are matched. */
  setType(type: PayloadType): void
  setNote(note: PayloadEditorNote | undefined): void
  focus(): void
  destroy(): void
}

/** Marks what does not come from the keyboard. */
const fromOutside = Annotation.define<boolean>()

/**
 * A text editor inside a shadow root, where its styles are adopted style sheets, which the content
 * security policy allows. Tab is not bound, so the keyboard moves on; Ctrl+Enter is left to the pane.
 */
export function openPayloadEditor(root: ShadowRoot, options: PayloadEditorOptions): PayloadEditor {
  // Described from inside: an id outside of the shadow root cannot be referred to.
  const described = document.createElement('p')
  described.id = 'note'
  described.hidden = true
  root.append(described)

  const language = new Compartment()
  const invalidity = new Compartment()
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        Prec.highest(
          keymap.of(['Mod-Enter', 'Ctrl-Enter'].map((key) => ({ key, run: () => true }))),
        ),
        history(),
        language.of(languageOf(options.type)),
        indentUnit.of('  '),
        EditorView.lineWrapping,
        replaceSelectedText,
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          'aria-describedby': described.id,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        invalidity.of([]),
        EditorView.updateListener.of(({ transactions, state }) => {
          const isTyped = transactions.some(
            (transaction) => transaction.docChanged && !transaction.annotation(fromOutside),
          )
          if (isTyped) options.onEdit(state.doc.toString())
        }),
        payloadEditorTheme,
      ],
    }),
  })

  return {
    setText(text) {
      const { doc } = view.state
      // The editor has one kind of line break, whichever the text has.
      const next = view.state.toText(text)
      if (doc.eq(next)) return
      view.dispatch({
        changes: { from: 0, to: doc.length, insert: next },
        // One step back brings back what was typed before.
        annotations: [fromOutside.of(true), isolateHistory.of('full')],
      })
    },
    setType(type) {
      view.dispatch({ effects: language.reconfigure(languageOf(type)) })
    },
    setNote(note) {
      described.textContent = note?.words ?? ''
      view.dispatch(setDiagnostics(view.state, note ? marksFor(view.state, note) : []), {
        effects: invalidity.reconfigure(
          EditorView.contentAttributes.of(note?.isWrong ? { 'aria-invalid': 'true' } : {}),
        ),
      })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

function languageOf(type: PayloadType): Extension {
  return type === 'json' ? [json(), bracketMatching()] : []
}

function marksFor({ doc }: EditorState, { words, at }: PayloadEditorNote): Diagnostic[] {
  if (at === undefined) return []
  // At the very end there is no character to mark, so the last one is.
  const from = Math.max(0, Math.min(at, doc.length - 1))
  const to = Math.min(from + 1, doc.length)
  return [{ from, to, severity: 'error', message: words }]
}
