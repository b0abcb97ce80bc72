import { expect, test } from 'vitest';
import { diagnose } from '../../../../src/core/outcome/diagnosis.ts';

test.each([
  ["Error: Cannot find module '@aws/a/b.js'\nRequire stack:\n- /var/task/a.js", '@aws/a'],
  ["Error: Cannot find module 'sharp/lib'\nRequire stack:\n- /var/task/a.js", 'sharp'],
  ["Error: Cannot find module '..\\\\b'\nRequire stack:\n- C:\\\\a.js", '..\\\\b'],
  ["Unable to import module 'app': No module named 'yaml.nodes'", 'yaml', 'yaml.nodes'],
])('the advice names the missing module: %s', (errorMessage, ...names) => {
  const error = { type: 'Runtime.ImportModuleError', message: errorMessage, stack: [], causes: [] };
  expect(diagnose({ error }).advice?.args).toEqual(names);
});
