/** The fields of package.json that a release needs. */
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

interface Changes {
  /** The newest version in CHANGELOG.md; undefined if there is none. */
  readonly version: string | undefined;
  readonly notes: string;
  /** The changes below Unreleased. */
  readonly unreleased: string;
}

/** Reads a changelog in the format of Keep a Changelog. */
export function latestChanges(changelog: string): Changes {
  const sections = changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return { version: /^\[([^\]]+)\]/.exec(heading)?.[1], notes: lines.join('\n').trim() };
    });
  const unreleased = sections.find(({ version }) => version === 'Unreleased');
  const latest = sections.find((section) => section !== unreleased);
  return { version: latest?.version, notes: latest?.notes ?? '', unreleased: unreleased?.notes ?? '' };
}

function isAddress(value: unknown): boolean {
  const url = typeof value === 'object' && value !== null && 'url' in value ? value.url : value;
  return typeof url === 'string' && /^(?:git\+)?https:\/\/[^/]+\/./.test(url);
}

/** The reasons why the project can't be released, one sentence each. */
export function releaseProblems({ manifest, lockVersion, changelog, tag }: ReleaseFiles): string[] {
  const { name, version, publisher, repository, bugs, contributes } = manifest;
  const latest = latestChanges(changelog);
  const storage = `**/globalStorage/${publisher ?? ''}.${name}/${name}.json`;
  const patterns = contributes.languages.flatMap(({ filenamePatterns }) => filenamePatterns);
  const checks: readonly (readonly [isRight: boolean, problem: string])[] = [
    [
      latest.version === version,
      `The newest version in CHANGELOG.md is ${latest.version ?? 'missing'}, but package.json has version ${version}.`,
    ],
    [latest.unreleased === '', `CHANGELOG.md: move the changes below Unreleased to a version.`],
    [latest.version === undefined || latest.notes !== '', `CHANGELOG.md has no changes below ${version}.`],
    [
      lockVersion === version,
      `package-lock.json has version ${lockVersion}, but package.json has version ${version}. Run npm install.`,
    ],
    [tag === undefined || tag === `v${version}`, `The tag is ${tag ?? ''}, but package.json has version ${version}.`],
    [isAddress(repository), 'package.json: enter the address of the Git repository in "repository".'],
    [isAddress(bugs), 'package.json: enter the address of the issues in "bugs".'],
    // The placeholder for the publisher is the name of the extension.
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
