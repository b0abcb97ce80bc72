import { expect, test } from 'vitest';
import { projectListsModule } from '../../../../src/core/functions/pythonProject.ts';

test.each([
  ['dependencies', '[project]\ndependencies = ["PyYAML>=6"]'],
  ['optional dependencies', '[project.optional-dependencies]\nextra = ["pyyaml"]'],
  ['dependency groups', '[dependency-groups]\ndev = ["pyyaml", { include-group = "test" }]'],
  ['the dependencies of Poetry', '[tool.poetry.dependencies]\npyyaml = { version = "6" }'],
  ['a group of Poetry', '[tool.poetry.group.dev.dependencies]\npyyaml = "6"'],
  ['the packages of Pipenv', '[packages]\npyyaml = "*"'],
  ['the development packages of Pipenv', '[dev-packages]\npyyaml = "*"'],
])('%s list a module', (_, text) => {
  expect(projectListsModule(text, 'yaml')).toBe(true);
  expect(projectListsModule(text, 'requests')).toBe(false);
});

test.each(['', '[project', 'project = 1', '[tool]\npoetry = []'])('the file %j lists no module', (text) => {
  expect(projectListsModule(text, 'yaml')).toBe(false);
});
