import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { Window } from '../support/window.ts';

let window: Window;

beforeAll(async () => {
  window = await Window.open();
  await window.openPresets();
});

afterAll(() => window.close());

afterEach(({ task }) => pictureOfFailure(window, task));

test('are listed; a click opens one in the form, with the event of its name', async () => {
  await window.functionRow('hello').click();
  const form = new FormPage(window.form());
  await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
  await shows(form.connection, 'Local');
  await form.invoke.click();
  await shows(form.response, 'Hello, Ada!');
});

test('run from their menu, and show their whole log', async () => {
  await window.functionRow('hello').click({ button: 'right' });
  await window.chooseMenu('Run Local Function');
  await shows(new FormPage(window.form()).response, 'Hello, Ada!');
  await window.functionRow('hello').click({ button: 'right' });
  await window.chooseMenu('Show Local Log');
  await window.page.locator('.editor-instance .view-lines').filter({ hasText: 'REPORT RequestId' }).first().waitFor();
});

test('of a template come by themselves; what cannot run says why', async () => {
  const template = `Resources:
  FromTemplate:
    Type: AWS::Serverless::Function
    Properties: { Handler: functions/hello.handler, Runtime: nodejs18.x }
  InAContainer:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image }
`;
  await window.writeFile('template.yaml', template);
  await window.functionRow('FromTemplate').waitFor();
  await shows(window.functionRow('InAContainer'), 'It is a container image: those are not run here.');
  await window.functionRow('FromTemplate').click({ button: 'right' });
  await window.chooseMenu('Open Function in Template');
  await window.page.locator('.editor-instance .view-lines').filter({ hasText: 'FromTemplate' }).first().waitFor();
});

test('a template that is broken is named with its line', async () => {
  await window.writeFile('template.yaml', 'Resources:\n  A: { Type: AWS::Serverless::Function\n');
  await window.page.locator('.pane .monaco-list-row').filter({ hasText: 'template.yaml, line 3, column 1' }).waitFor();
  await window.functionRow('hello').waitFor();
});

test('nothing was logged as an error', () => {
  expect(window.errors).toEqual([]);
});
