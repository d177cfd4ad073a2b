import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/**
 * The theme's tokens, which reach into the editor's shadow root as inherited custom properties; so it
 * follows light and dark by itself. The frame and the focus ring belong to its host.
 */
const theme = EditorView.theme({
  // The host has the font size, which a touch screen makes larger.
  '&': { height: '100%', color: 'var(--color-ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.5',
    overflow: 'auto',
  },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-content ::selection': {
    background: 'color-mix(in srgb, var(--color-accent) 28%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': {
    background: 'color-mix(in srgb, var(--color-accent) 24%, transparent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--color-danger-soft)' },
  '.cm-lintRange-error': {
    background: 'var(--color-danger-soft)',
    textDecoration: 'underline wavy var(--color-danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--color-danger)' },
  // The words stand beside the label; the tooltip would only cover them.
  '.cm-tooltip-lint': { display: 'none' },
  '.cm-tooltip': { border: 'none' },
})

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-json-key)' },
  { tag: tags.string, color: 'var(--color-json-string)' },
  { tag: tags.number, color: 'var(--color-json-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--color-json-word)' },
])

export const payloadEditorTheme: Extension = [theme, syntaxHighlighting(colors)]
