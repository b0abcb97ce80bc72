import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const FOCUS = '1px solid var(--vscode-focusBorder)';
const CONTRAST = '1px solid var(--vscode-contrastBorder, transparent)';

/** VS Code gives webviews no token colors. All themes have those of the debugger's values. */
export const COLORS = {
  name: 'var(--vscode-debugTokenExpression-name)',
  string: 'var(--vscode-debugTokenExpression-string)',
  number: 'var(--vscode-debugTokenExpression-number)',
  boolean: 'var(--vscode-debugTokenExpression-boolean)',
} as const;

const highlightStyle = HighlightStyle.define([
  { tag: tags.propertyName, color: COLORS.name },
  { tag: tags.string, color: COLORS.string },
  { tag: tags.number, color: COLORS.number },
  { tag: [tags.bool, tags.null], color: COLORS.boolean },
]);

const theme = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--vscode-editor-background)',
    color: 'var(--vscode-editor-foreground)',
    fontFamily: 'var(--vscode-editor-font-family, monospace)',
    fontSize: 'var(--vscode-editor-font-size, 13px)',
    fontWeight: 'var(--vscode-editor-font-weight, normal)',
    containerType: 'inline-size',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.45', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--vscode-editorCursor-foreground)', padding: '4px 0', tabSize: '4' },
  '.cm-line': { padding: '0 8px 0 4px', unicodeBidi: 'plaintext' },
  '.cm-content ::selection': {
    backgroundColor: 'var(--vscode-editor-selectionBackground) !important',
    color: 'var(--vscode-editor-selectionForeground)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--vscode-editorGutter-background, var(--vscode-editor-background))',
    // VS Code's own color of line numbers has too little contrast.
    color: 'var(--vscode-descriptionForeground)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '28px' },
  '.cm-activeLineGutter': {
    backgroundColor: 'transparent',
    color: 'var(--vscode-editorLineNumber-activeForeground)',
  },
  '.cm-foldGutter .cm-gutterElement': {
    padding: '0 2px',
    cursor: 'pointer',
    color: 'var(--vscode-editorGutter-foldingControlForeground, var(--vscode-icon-foreground))',
  },
  '.cm-foldPlaceholder': {
    margin: '0 2px',
    padding: '0 4px',
    border: CONTRAST,
    borderRadius: '2px',
    backgroundColor: 'var(--vscode-editor-foldBackground, transparent)',
    color: 'var(--vscode-editor-foldPlaceholderForeground, inherit)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--vscode-editorBracketMatch-background)',
    outline: '1px solid var(--vscode-editorBracketMatch-border)',
    outlineOffset: '-1px',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-specialChar': { color: 'var(--vscode-editorWarning-foreground)' },
  '.cm-placeholder': { color: 'var(--vscode-input-placeholderForeground, var(--vscode-descriptionForeground))' },
  '.cm-variable': {
    borderRadius: '2px',
    backgroundColor: 'var(--vscode-badge-background)',
    outline: CONTRAST,
    outlineOffset: '-1px',
    '&, & *': { color: 'var(--vscode-badge-foreground) !important' },
  },
  '.cm-tooltip': {
    maxWidth: '480px',
    border: '1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '3px',
    backgroundColor: 'var(--vscode-editorHoverWidget-background)',
    color: 'var(--vscode-editorHoverWidget-foreground)',
    fontFamily: 'var(--vscode-font-family)',
    fontSize: 'var(--vscode-font-size)',
  },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: 'none', whiteSpace: 'pre-wrap' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--vscode-editorError-foreground) 1px' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--vscode-editorWarning-foreground) 1px' },
  '.cm-lintRange-error, .cm-lintRange-warning': { textUnderlineOffset: '3px', textDecorationSkipInk: 'none' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--vscode-editorError-foreground)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--vscode-editorWarning-foreground)' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 2px' },
  '.cm-lint-marker': { width: '10px', height: '10px', marginTop: '4px', borderRadius: '50%', content: 'normal' },
  '.cm-lint-marker-error': { backgroundColor: 'var(--vscode-editorError-foreground)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--vscode-editorWarning-foreground)', borderRadius: '0' },
  '.cm-panels': { backgroundColor: 'transparent', color: 'inherit', zIndex: '20' },
  '.cm-panels-top': { border: 'none', position: 'absolute', top: '0', right: '14px', left: 'auto' },
  '@container (max-width: 640px)': {
    '.cm-panels-top': { position: 'static' },
  },
  '.cm-find': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    padding: '4px',
    border: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
    borderTop: 'none',
    borderRadius: '0 0 4px 4px',
    boxShadow: '0 0 8px 2px var(--vscode-widget-shadow, transparent)',
    backgroundColor: 'var(--vscode-editorWidget-background)',
    color: 'var(--vscode-editorWidget-foreground)',
    fontFamily: 'var(--vscode-font-family)',
    fontSize: 'var(--vscode-font-size)',
  },
  '.cm-find-input': {
    display: 'flex',
    flex: '1 1 190px',
    minWidth: '0',
    border: '1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '2px',
    backgroundColor: 'var(--vscode-input-background)',
    '&:focus-within': { outline: FOCUS, outlineOffset: '-1px' },
    '&[data-invalid]': { borderColor: 'var(--vscode-inputValidation-errorBorder)' },
  },
  '.cm-find input': {
    flex: '1',
    minWidth: '0',
    height: '24px',
    padding: '0 6px',
    border: 'none',
    outline: 'none',
    background: 'none',
    color: 'var(--vscode-input-foreground)',
    font: 'inherit',
  },
  '.cm-find button': {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    minWidth: '22px',
    height: '22px',
    margin: '1px',
    padding: '0 2px',
    border: '1px solid transparent',
    borderRadius: '3px',
    background: 'none',
    color: 'var(--vscode-icon-foreground, inherit)',
    font: 'inherit',
    cursor: 'pointer',
    '&:hover': { backgroundColor: 'var(--vscode-toolbar-hoverBackground)', outline: CONTRAST, outlineOffset: '-1px' },
    '&:focus-visible': { outline: FOCUS, outlineOffset: '-1px' },
    '&[aria-pressed="true"]': {
      borderColor: 'var(--vscode-inputOption-activeBorder)',
      backgroundColor: 'var(--vscode-inputOption-activeBackground)',
      color: 'var(--vscode-inputOption-activeForeground)',
    },
    '&:disabled': { opacity: '0.4', cursor: 'default' },
  },
  '.cm-find button::before': { content: 'attr(data-sign)' },
  '.cm-find-word': { textDecoration: 'underline' },
  '.cm-find-count': { minWidth: '72px', padding: '0 4px', whiteSpace: 'nowrap' },
  '.cm-find-count[data-none]': { color: 'var(--vscode-errorForeground)' },
  '.cm-match': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
    outlineOffset: '-1px',
  },
  // Text on the background of VS Code's current match has too little contrast.
  '.cm-match, .cm-match *': { color: 'var(--vscode-editor-foreground) !important' },
  '.cm-match-current': { outline: '2px solid var(--vscode-editor-findMatchBorder, var(--vscode-focusBorder))' },
  '.cm-expand': {
    margin: '0 4px 0 0',
    padding: '0 4px',
    border: '1px solid var(--vscode-contrastBorder, transparent)',
    borderRadius: '2px',
    backgroundColor: 'var(--vscode-button-secondaryBackground)',
    color: 'var(--vscode-button-secondaryForeground)',
    fontFamily: 'var(--vscode-font-family)',
    fontSize: '0.85em',
    lineHeight: '1.3',
    cursor: 'pointer',
    '&:hover': { backgroundColor: 'var(--vscode-button-secondaryHoverBackground)' },
  },
  // Padding instead of margins, which CodeMirror doesn't measure.
  '.cm-embedded': { padding: '2px 12px 4px 24px' },
  '.cm-embedded-text': {
    border: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '3px',
    '& > .cm-editor': { height: 'auto', maxHeight: '50vh' },
  },
});

/** Colors and fonts of VS Code's theme. */
export const themed: Extension = [theme, syntaxHighlighting(highlightStyle)];
