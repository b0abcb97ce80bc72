import { createGlob } from './glob.ts';
import { isServerlessCode } from './template/serverlessCode.ts';
import { isTemplateName, mayBeTemplate } from './template/templateContent.ts';

/** The patterns of `lambdaInvoke.templates.include` and `exclude`, for paths relative to the workspace folder. */
export interface TemplatePatterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** `named`: always read, because it's named like a template. `possible`: read if its text looks like a template. */
export type CandidateKind = 'named' | 'possible';

/** The files and subfolders of one folder that are searched, by name. */
export interface FolderCandidates {
  readonly fileKind: (name: string) => CandidateKind | undefined;
  readonly isSearched: (subfolder: string) => boolean;
}

const CONTENT = /\.(ya?ml|json|template)$/i;

/** Folders with build output or third-party code, and folders whose names begin with a dot. */
const SKIPPED = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  'dist',
  'out',
  'build',
  'target',
  'obj',
  'venv',
  '__pycache__',
  'coverage',
]);

/** Whether a candidate's text looks like a template, regardless of its extension. Only the name in `path` is used. */
export function looksLikeCandidate(path: string, text: string): boolean {
  return mayBeTemplate(CONTENT.test(path) ? path : `${path}.yaml`, text);
}

/** The output of `cdk synth`: templates, stage assemblies, and assets. */
const CDK_OUTPUT = 'cdk.out';

function isSkipped(name: string, parents: readonly string[]): boolean {
  if (parents.includes(CDK_OUTPUT)) return !name.startsWith('assembly-');
  return SKIPPED.has(name) || name.startsWith('.');
}

/**
 * Returns a function that decides which files in a folder may define functions, and which subfolders are searched. The
 * folder is a path relative to the workspace folder, with `/`, and empty for the workspace folder itself.
 */
export function createCandidates({ include, exclude }: TemplatePatterns): (folder: string) => FolderCandidates {
  const included = include.map(createGlob);
  const excluded = exclude.map(createGlob);
  return (folder) => {
    const parents = folder === '' ? [] : folder.split('/');
    const pathOf = (name: string) => (folder === '' ? name : `${folder}/${name}`);
    const isInSkipped = parents.some((name, index) => isSkipped(name, parents.slice(0, index)));
    const isInCdkOutput = parents.includes(CDK_OUTPUT);
    const isIncluded = (name: string) => included.some((glob) => glob.matches(pathOf(name)));
    const isExcluded = (name: string) => excluded.some((glob) => glob.matches(pathOf(name)));
    return {
      fileKind(name) {
        if (included.length > 0 && isIncluded(name) && !isExcluded(name))
          return isTemplateName(name) ? 'named' : 'possible';
        if (isInSkipped || isExcluded(name)) return undefined;
        if (isServerlessCode(name)) return isInCdkOutput ? undefined : 'named';
        if (!CONTENT.test(name)) return undefined;
        if (isInCdkOutput) return name.endsWith('.template.json') ? 'named' : undefined;
        return isTemplateName(name) ? 'named' : 'possible';
      },
      isSearched(name) {
        if (isExcluded(name)) return false;
        return !isSkipped(name, parents) || included.some((glob) => glob.names(pathOf(name)));
      },
    };
  };
}
