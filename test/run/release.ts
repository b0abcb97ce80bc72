// npm run release -- --dry-run: checks that the project can be released. It never publishes: pushing a tag does.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { latestChanges, releaseProblems, type ReleaseManifest } from './releaseProblems.ts';

const VSIX = 'lambda-invoke.vsix';

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

const manifest = (await json('package.json')) as ReleaseManifest;
const { version: lockVersion } = (await json('package-lock.json')) as { version: string };
const changelog = await readFile('CHANGELOG.md', 'utf8');
const tag = process.env['GITHUB_REF_TYPE'] === 'tag' ? process.env['GITHUB_REF_NAME'] : undefined;

const problems = releaseProblems({ manifest, lockVersion, changelog, tag });
console.log(`\n${VSIX}: version ${manifest.version}, ${((await stat(VSIX)).size / 1000).toFixed(0)} kB`);
if (problems.length > 0) {
  console.error(`\nNot ready for a release:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  process.exitCode = 1;
} else {
  await writeFile('out/release-notes.md', `${latestChanges(changelog).notes}\n`);
  console.log('Ready for a release. The notes are in out/release-notes.md.');
}

if (!process.argv.includes('--dry-run')) {
  console.error(`
Nothing was published. The workflow “Release” publishes when a tag is pushed:
  git tag v${manifest.version}
  git push origin v${manifest.version}
It needs the secrets VSCE_PAT and OVSX_PAT in the environment “release” of the GitHub repository.
To check only, run: npm run release -- --dry-run`);
  process.exitCode = 1;
}
