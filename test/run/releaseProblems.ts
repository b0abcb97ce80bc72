/** What a release depends on in package.json. */
export interface ReleaseManifest {
  readonly name: string;
  readonly version: string;
  readonly publisher?: string;
  readonly repository?: unknown;
  readonly bugs?: unknown;
  readonly contributes: { readonly languages: readonly { readonly filenamePatterns: readonly string[] }[] };
}

interface ReleaseFiles {
  readonly manifest: ReleaseManifest;
  readonly lockVersion: string;
  readonly changelog: string;
  /** The tag that starts the release workflow; undefined on a contributor's machine. */
  readonly tag: string | undefined;
}

/** The newest section of CHANGELOG.md. */
export function latestChanges(changelog: string): { readonly version: string | undefined; readonly notes: string } {
  const [, section = ''] = changelog.split(/^## /m);
  const [version, ...notes] = section.split('\n');
  return { version: version?.trim() === '' ? undefined : version?.trim(), notes: notes.join('\n').trim() };
}

function isAddress(value: unknown): boolean {
  const url = typeof value === 'object' && value !== null && 'url' in value ? value.url : value;
  return typeof url === 'string' && /^(?:git\+)?https:\/\/[^/]+\/./.test(url);
}

/** What keeps the project from being released, one sentence each; empty if nothing does. */
export function releaseProblems({ manifest, lockVersion, changelog, tag }: ReleaseFiles): string[] {
  const { name, version, publisher, repository, bugs, contributes } = manifest;
  const latest = latestChanges(changelog);
  const storage = `**/globalStorage/${publisher ?? ''}.${name}/${name}.json`;
  const patterns = contributes.languages.flatMap(({ filenamePatterns }) => filenamePatterns);
  const checks: readonly (readonly [isRight: boolean, problem: string])[] = [
    [
      latest.version === version,
      `CHANGELOG.md starts with ${latest.version ?? 'no version'}, package.json has ${version}.`,
    ],
    [latest.notes !== '', `CHANGELOG.md says nothing about ${version}.`],
    [
      lockVersion === version,
      `package-lock.json has version ${lockVersion}, package.json has ${version}. Run npm install.`,
    ],
    [tag === undefined || tag === `v${version}`, `The tag is ${tag ?? ''}, but package.json has version ${version}.`],
    [isAddress(repository), 'package.json: enter the address of the Git repository in "repository".'],
    [isAddress(bugs), 'package.json: enter the address of the issues in "bugs".'],
    // A publisher named like the extension is the placeholder that the project began with.
    [
      publisher !== undefined && publisher !== name,
      'package.json: replace the placeholder in "publisher" with the ID of your publisher in the Marketplace.',
    ],
    [
      patterns.includes(storage),
      `package.json: "languages" must contain "${storage}", where personal presets are stored.`,
    ],
  ];
  return checks.filter(([isRight]) => !isRight).map(([, problem]) => problem);
}
