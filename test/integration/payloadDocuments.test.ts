import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { PayloadDocuments } from '../../src/host/form/payloadDocuments.ts';
import type { PayloadDocument } from '../../src/host/form/payloadDocument.ts';
import { PAYLOAD_SCHEME } from '../../src/host/contributions.ts';
import type { ToForm } from '../../src/protocol/messages.ts';
import { closeEditors, waitUntil } from './workspace.ts';

describe('An inline payload in an editor', () => {
  const drafts: Draft[] = [];
  const stored = new Map<string, unknown>();
  const memento = {
    get: <T>(key: string, otherwise?: T) => (stored.get(key) ?? otherwise) as T,
    update: async (key: string, value: unknown) => void stored.set(key, value),
  };
  let documents: PayloadDocuments;

  beforeEach(async () => {
    await closeEditors();
    documents = new PayloadDocuments((draft) => drafts.push(draft), memento);
  });

  afterEach(async () => {
    const isOurs = ({ uri, isDirty }: vscode.TextDocument) => uri.scheme === PAYLOAD_SCHEME && isDirty;
    await waitUntil(() => !vscode.workspace.textDocuments.some(isOurs), 'the saved editors');
    await closeEditors();
    await waitUntil(() => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0), 'the closed editors');
    documents.dispose();
  });

  /** A form with what is posted to its page. */
  function createForm(FunctionName = 'hello', previous?: PayloadDocument) {
    const posted: ToForm[] = [];
    const calls: string[] = [];
    const page = { isReady: true };
    const form = {
      post: (message: ToForm) => posted.push(message),
      isReady: () => page.isReady,
      markEdited: () => calls.push('edited'),
      reveal: () => calls.push('reveal'),
    };
    const document = documents.create(form, previous);
    document.setFunctionName(FunctionName);
    const typed = () => posted.flatMap((message) => (message.type === 'payloadTyped' ? [message.text] : []));
    const types = () => posted.map(({ type }) => type);
    return { document, posted, calls, page, typed, types };
  }

  /** Opens a text and returns its editor. */
  async function open(document: PayloadDocument, text: string): Promise<vscode.TextEditor> {
    await document.open(text);
    const isShown = () => vscode.window.activeTextEditor?.document.uri.toString() === document.uri?.toString();
    await waitUntil(isShown, 'the payload editor');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    return editor;
  }

  async function type(editor: vscode.TextEditor, text: string): Promise<void> {
    await editor.edit((edit) => edit.insert(editor.document.lineAt(0).range.end, text));
  }

  async function closeActive(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  }

  it('is named after the function, is JSON, and has no unsaved changes', async () => {
    const { document, posted } = createForm('arn:aws:lambda:eu-west-1:123456789012:function:orders api');
    const { document: shown } = await open(document, '{"a": 1}');
    assert.equal(shown.uri.path.split('/').at(-1), 'orders-api-payload.json');
    assert.deepEqual([shown.languageId, shown.getText(), shown.isDirty], ['json', '{"a": 1}', false]);
    assert.deepEqual(posted, [{ type: 'payloadEditor', isOpen: true, editorId: document.id }]);
  });

  it('updates the form with each change, is never formatted, and closes without a question', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('formatOnSave', true, vscode.ConfigurationTarget.Global);
    try {
      const { document, calls, typed, types } = createForm();
      const editor = await open(document, '{"a":1}');
      await type(editor, '  ');
      await waitUntil(() => typed().at(-1) === '{"a":1}  ', 'the text in the form');
      await type(editor, '\n');
      await waitUntil(() => typed().at(-1) === '{"a":1}  \n' && !editor.document.isDirty, 'the saved text');
      assert.equal(editor.document.getText(), '{"a":1}  \n');
      assert.ok(calls.includes('edited'));
      await closeActive();
      await waitUntil(() => types().at(-1) === 'payloadEditor', 'the closed editor');
      assert.equal(document.uri, undefined);
    } finally {
      await settings.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is updated when the text changes in the form', async () => {
    const { document, typed } = createForm();
    const { document: shown } = await open(document, '{"a":1}');
    document.edit('{"a":12}');
    await waitUntil(() => shown.getText() === '{"a":12}', 'the text of the form');
    assert.equal(shown.isDirty, false);
    assert.deepEqual(typed(), []);
  });

  it('never takes earlier texts of the form for edits while the form changes quickly', async () => {
    const { document, typed } = createForm();
    const { document: shown } = await open(document, '"');
    let text = '"';
    const seen = new Set<string>();
    const listening = vscode.workspace.onDidChangeTextDocument((event) => seen.add(event.document.getText()));
    for (let at = 0; at < 200 || seen.size === 0; at++) {
      text += String.fromCodePoint(97 + (at % 26));
      document.edit(text);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await waitUntil(() => shown.getText() === text, 'the last text of the form');
    listening.dispose();
    assert.equal(shown.isDirty, false);
    assert.deepEqual(typed(), []);
  });

  it('has the text of the last change, saved, when the form and the editor change in quick succession', async () => {
    const { document, typed, types } = createForm();
    const editor = await open(document, '"');
    const { document: shown } = editor;
    for (let round = 0; round < 20; round++) {
      await type(editor, `e${round}.`);
      const text = `${document.text}f${round}`;
      document.edit(text);
      await waitUntil(() => shown.getText() === text && !shown.isDirty, `the text of the form, saved: ${round}`);
      assert.equal(document.text, text);
    }
    for (let round = 0; round < 20; round++) {
      document.edit(`${document.text}f${round}`);
      await vscode.commands.executeCommand('type', { text: `e${round}.` });
      const isSame = () => shown.getText() === document.text && !shown.isDirty;
      await waitUntil(isSame, `the text of the editor, saved: ${round}`);
      assert.ok(document.text.includes(`e${round}.`), document.text);
    }
    await waitUntil(() => typed().at(-1) === document.text, 'the text of the editor in the form');
    await closeActive();
    await waitUntil(() => types().at(-1) === 'payloadEditor', 'the closed editor');
    assert.equal(document.uri, undefined);
  });

  it('is opened again with the text of the form', async () => {
    const { document } = createForm();
    const { document: shown } = await open(document, '1');
    await open(document, '2');
    await waitUntil(() => shown.getText() === '2', 'the new text');
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
    await closeActive();
    await waitUntil(() => document.uri === undefined, 'the closed editor');
    assert.equal((await open(document, '3')).document.getText(), '3');
  });

  it('belongs to its form if several are open', async () => {
    const [one, other] = [createForm(), createForm()];
    await open(one.document, '1');
    const editor = await open(other.document, '2');
    await type(editor, '0');
    await waitUntil(() => other.typed().length > 0, 'the text in the other form');
    documents.invokeActive();
    assert.equal(other.types().at(-1), 'invoke');
    assert.deepEqual(one.types(), ['payloadEditor']);
  });

  it('invokes with the last text, once, also if the form is hidden', async () => {
    const { document, posted, calls, page } = createForm();
    const editor = await open(document, '1');
    page.isReady = false;
    posted.length = 0;
    await type(editor, '2');
    documents.invokeActive();
    assert.deepEqual([posted, calls.at(-1)], [[], 'reveal']);
    page.isReady = true;
    document.pageReady();
    assert.deepEqual(posted, [
      { type: 'payloadEditor', isOpen: true, editorId: document.id },
      { type: 'payloadTyped', text: '12' },
      { type: 'invoke' },
    ]);
  });

  it('isn’t lost if the window closes while the form is hidden', async () => {
    const { document, page } = createForm();
    const editor = await open(document, '1');
    page.isReady = false;
    await type(editor, '2');
    await waitUntil(() => !editor.document.isDirty, 'the saved text');
    documents.dispose();
    documents = new PayloadDocuments((draft) => drafts.push(draft), memento);
    const restored = createForm();
    restored.document.pageReady(document.id);
    assert.deepEqual(restored.typed(), ['12']);
    restored.document.pageReady(document.id);
    assert.deepEqual(restored.typed(), ['12']);
  });

  it('is stored only while the form is hidden', async () => {
    const { document, page } = createForm();
    const editor = await open(document, '1');
    page.isReady = false;
    await type(editor, '2');
    await waitUntil(() => JSON.stringify([...stored.values()]).includes(document.id), 'the stored text');
    page.isReady = true;
    document.pageReady(document.id);
    assert.doesNotMatch(JSON.stringify([...stored.values()]), new RegExp(document.id));
  });

  it('of a closed form is saved too, and is invoked in another form', async () => {
    const { document, posted } = createForm();
    const editor = await open(document, '1');
    documents.release(document);
    posted.length = 0;
    await type(editor, '2');
    await waitUntil(() => !editor.document.isDirty, 'the saved text');
    documents.invokeActive();
    assert.equal(drafts.at(-1)?.Payload, '12');
    assert.deepEqual(posted, []);
  });

  it('of a reopened form belongs to it, and has the text that was typed in the meantime', async () => {
    const { document, posted } = createForm();
    const editor = await open(document, '1');
    documents.release(document);
    posted.length = 0;
    await type(editor, '2');
    assert.equal(document.unposted, '12');
    await waitUntil(() => !editor.document.isDirty, 'the saved text');
    const again = createForm('hello', document);
    again.document.pageReady();
    assert.deepEqual(again.typed(), ['12']);
    await type(editor, '3');
    await waitUntil(() => again.typed().at(-1) === '123' && !editor.document.isDirty, 'the text in the form');
    again.document.edit('1234');
    await waitUntil(() => editor.document.getText() === '1234', 'the text of the form');
    assert.deepEqual(posted, []);
    documents.release(again.document);
    await closeActive();
    await waitUntil(() => document.uri === undefined, 'the closed editor');
    assert.notEqual(createForm('hello', document).document, document);
  });
});
