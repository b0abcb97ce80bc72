import { createGlob } from './glob.ts';
import { isServerlessCode } from './template/serverlessCode.ts';
import { isTemplateName, mayBeTemplate } from './template/templateContent.ts';

/** The patterns of `lambdaInvoke.templates.include` and `exclude`, for paths relative to the workspace folder. */
export interface TemplatePatterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** `named`: read as a template whatever it contains. `possible`: read if its text looks like a template. */
export type CandidateKind = 'named' | 'possible';

/** What is searched in one folder, by the names of its entries. */
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

/** Whether a candidate's text looks like a template, whatever its extension. `path` is for its name. */
export function looksLikeCandidate(path: string, text: string): boolean {
  return mayBeTemplate(CONTENT.test(path) ? path : `${path}.yaml`, text);
}

/** The output of `cdk synth`: templates, assemblies of stages, and folders with assets. */
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
