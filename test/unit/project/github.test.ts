import { readdir, readFile } from 'node:fs/promises';
import { validateWorkflow } from '@action-validator/core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, string>> }>>;
}

interface IssueForm {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly string[] };
    readonly validations?: { readonly required?: boolean };
  }[];
}

const WORKFLOWS = '.github/workflows';
const FORMS = '.github/ISSUE_TEMPLATE';

const workflows = await Promise.all(
  (await readdir(WORKFLOWS)).map(async (name) => ({ name, text: await readFile(`${WORKFLOWS}/${name}`, 'utf8') })),
);
const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };

async function form(name: string): Promise<IssueForm> {
  return parse(await readFile(`${FORMS}/${name}`, 'utf8')) as IssueForm;
}

test('the workflows are valid', () => {
  expect(workflows.map(({ name }) => name).toSorted()).toEqual(['ci.yml', 'release.yml']);
  expect(workflows.flatMap(({ text }) => validateWorkflow(text).errors)).toEqual([]);
  const broken = workflows.map(({ text }) => text.replace('runs-on:', 'run-on:'));
  expect(broken.map((text) => validateWorkflow(text).errors.length > 0)).toEqual([true, true]);
});

test('actions are pinned to a commit, with the version in a comment', () => {
  const uses = workflows.flatMap(({ text }) => text.match(/uses:.*/g) ?? []);
  expect(uses.length).toBeGreaterThan(5);
  expect(uses.filter((line) => !/^uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test('only the job that creates the release has write permissions', () => {
  for (const { name, text } of workflows) {
    const { permissions, jobs } = parse(text) as Workflow;
    expect(Object.values(permissions ?? { contents: 'write' }), name).not.toContain('write');
    const writers = Object.entries(jobs).filter(([, job]) => Object.values(job.permissions ?? {}).includes('write'));
    expect(writers.map(([job]) => job)).toEqual(name === 'release.yml' ? ['github-release'] : []);
  }
});

test('the workflows run existing scripts', () => {
  const called = workflows.flatMap(({ text }) =>
    [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script),
  );
  expect(called.length).toBeGreaterThan(3);
  expect(called.filter((script) => !(script in scripts))).toEqual([]);
});

test.each(['bug.yml', 'feature.yml'])('the issue form %s has what GitHub requires', async (name) => {
  const { name: title, description, body } = await form(name);
  expect(title.length * description.length).toBeGreaterThan(0);
  const fields = body.filter(({ type }) => type !== 'markdown');
  expect(
    body.filter(({ type }) => !['markdown', 'textarea', 'input', 'dropdown', 'checkboxes'].includes(type)),
  ).toEqual([]);
  expect(fields.filter(({ id = '', attributes }) => !/^[\w-]+$/.test(id) || (attributes.label ?? '') === '')).toEqual(
    [],
  );
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  for (const { type, attributes } of body) {
    const { options = [], value = '' } = attributes;
    expect(new Set(options).size, attributes.label).toBe(options.length);
    expect(options.length > 0, attributes.label).toBe(type === 'dropdown');
    expect(value !== '', attributes.label).toBe(type === 'markdown');
  }
});

test('a bug report requires versions, operating system, connection and output, and warns about secrets', async () => {
  const { body } = await form('bug.yml');
  const required = body.filter(({ validations }) => validations?.required === true).map(({ id }) => id);
  expect(required).toEqual(['what', 'extension', 'vscode', 'os', 'connection', 'output']);
  expect(JSON.stringify(body.find(({ id }) => id === 'output'))).toContain('Remove secrets first');
});

test('the dev container and VS Code recommend the same extensions', async () => {
  const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
  const { recommendations } = (await json('.vscode/extensions.json')) as { recommendations: string[] };
  const container = (await json('.devcontainer/devcontainer.json')) as {
    customizations: { vscode: { extensions: string[] } };
  };
  expect(container.customizations.vscode.extensions).toEqual(recommendations);
});
