import { expect, test } from 'vitest';
import { unsupportedPath } from '../../support/unsupportedPath.ts';

test.each(['/a#b/lambda-invoke', '/a?/x', '/100%/x', '/a%20b', '/a\\b'])(
  'rejects a folder that Vite can’t load modules from: %s',
  (folder) => {
    const message = unsupportedPath(folder);
    expect(message).toContain('Move the clone');
    expect(message).toContain(folder);
  },
);

test.each(['/home/ada/lambda-invoke', '/tmp/ä b/lambda-invoke', "/it's (a) [b] {c,d} $e * & ; !"])(
  'accepts other folders: %s',
  (folder) => {
    expect(unsupportedPath(folder)).toBeUndefined();
  },
);
