import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { latestChanges, releaseProblems, type ReleaseManifest } from '../../run/releaseProblems.ts';

const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-02-01

### Added

- Invokes.

## [1.1.0] - 2026-01-01

- Starts.
`;

const manifest: ReleaseManifest = {
  name: 'lambda-invoke',
  version: '1.2.0',
  publisher: 'somebody',
  repository: { type: 'git', url: 'https://github.com/somebody/lambda-invoke.git' },
  bugs: { url: 'https://github.com/somebody/lambda-invoke/issues' },
  contributes: { languages: [{ filenamePatterns: ['**/globalStorage/somebody.lambda-invoke/lambda-invoke.json'] }] },
};

const files = { manifest, lockVersion: '1.2.0', changelog, tag: undefined };

test('a complete project can be released, also from its tag', () => {
  expect(releaseProblems(files)).toEqual([]);
  expect(releaseProblems({ ...files, tag: 'v1.2.0' })).toEqual([]);
});

test('the release notes are the section of the changelog', () => {
  expect(latestChanges(changelog)).toEqual({ version: '1.2.0', notes: '### Added\n\n- Invokes.', unreleased: '' });
});

test.each([
  ['the newest section of the changelog', { changelog: changelog.replace('1.2.0', '1.3.0') }, 'CHANGELOG.md is 1.3.0'],
  ['a changelog without a version', { changelog: '# Changelog\n' }, 'CHANGELOG.md is missing'],
  ['an empty section', { changelog: '## [1.2.0]\n\n## [1.1.0]\n- Starts.' }, 'no changes below 1.2.0'],
  ['unreleased changes', { changelog: changelog.replace('[Unreleased]\n', '[Unreleased]\n- Stops.\n') }, 'Unreleased'],
  ['the lock file', { lockVersion: '1.1.0' }, 'package-lock.json has version 1.1.0'],
  ['the tag', { tag: 'v1.2.1' }, 'The tag is v1.2.1'],
])('versions must agree: %s', (_name, changed, problem) => {
  expect(releaseProblems({ ...files, ...changed })).toEqual([expect.stringContaining(problem)]);
});

test('missing fields and placeholders are listed', () => {
  const { repository: _repository, bugs: _bugs, ...rest } = manifest;
  const problems = releaseProblems({ ...files, manifest: { ...rest, publisher: 'lambda-invoke' } });
  for (const field of ['repository', 'bugs', 'publisher'])
    expect(
      problems.filter((problem) => problem.includes(`"${field}"`)),
      field,
    ).toHaveLength(1);
  const invented = releaseProblems({ ...files, manifest: { ...manifest, repository: 'TODO' } });
  expect(invented).toEqual([expect.stringContaining('"repository"')]);
});

test('the path of the personal presets must contain the publisher', () => {
  const problems = releaseProblems({ ...files, manifest: { ...manifest, publisher: 'another' } });
  expect(problems).toEqual([expect.stringContaining('globalStorage/another.lambda-invoke/lambda-invoke.json')]);
});

test('the versions of this project agree', async () => {
  const manifestFile = JSON.parse(await readFile('package.json', 'utf8')) as ReleaseManifest;
  const { version } = JSON.parse(await readFile('package-lock.json', 'utf8')) as { version: string };
  const text = await readFile('CHANGELOG.md', 'utf8');
  expect([latestChanges(text).version, version]).toEqual([manifestFile.version, manifestFile.version]);
  const problems = releaseProblems({ manifest: manifestFile, lockVersion: version, changelog: text, tag: undefined });
  expect(problems.filter((problem) => !/"(?:repository|bugs|publisher)"|Unreleased/.test(problem))).toEqual([]);
});
