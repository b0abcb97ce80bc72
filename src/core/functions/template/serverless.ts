import { bundlesJavaScript } from './functionBuild.ts';
import { dotenvPluginVariables } from './dotenvPlugin.ts';
import { createIncludedFiles, type IncludingTemplate } from './includedFiles.ts';
import { listFunctions } from './serverlessFunctionList.ts';
import { createFunctionReader, deployedName } from './serverlessFunction.ts';
import { createFunctionEnvironment } from './serverlessFunctionEnvironment.ts';
import { normalizedName } from './serverlessNames.ts';
import { resourceFunctions } from './serverlessResources.ts';
import { readProvider } from './serverlessProvider.ts';
import { createVariables } from './serverlessVariables.ts';
import type { Shell } from './serverlessEnvironment.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { record, type TemplateFunctions, type Values } from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';

/** The template, the files that the caller has read, and its environment variables. */
export interface ServerlessSource extends IncludingTemplate {
  readonly shell?: Shell;
}

/** The configuration with `service` as a name and `provider` as an object. Both have a short and a long form. */
function normalized({ service, provider, ...rest }: Values) {
  const isNameOnly = typeof provider === 'string' && !provider.includes('${');
  return { ...rest, service: record(service)['name'] ?? service, provider: isNameOnly ? { name: provider } : provider };
}

/** A list of names, or an object with the list in `modules`. */
function pluginNames(plugins: unknown): string[] {
  const names: unknown = Array.isArray(plugins) ? plugins : record(plugins)['modules'];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** The logical ID that the framework gives to a function's resource. */
function logicalIdOf(key: string): string {
  return `${normalizedName(key)}LambdaFunction`;
}

function resourceOf(name: string | undefined) {
  return { Type: 'AWS::Lambda::Function', Properties: { FunctionName: name } };
}

/**
 * Reads the functions of a Serverless Framework file and of the files that it includes. A function can be found by its
 * `name`, its key, and `service-stage-key`, the framework's default name. Throws WorkBudgetExceeded and ReferenceCycle.
 * Source: Serverless Framework, "Serverless.yml Reference".
 */
export function serverlessFunctions(
  tree: TemplateTree,
  source: ServerlessSource,
  budget: WorkBudget,
): Pick<TemplateFunctions, 'functions' | 'problems' | 'neededFiles'> {
  const root: Values = normalized(record(tree.javaScriptRoot()));
  const shell = source.shell ?? {};
  const files = createIncludedFiles(source, budget);
  const variables = createVariables({ root, files, shell, budget });
  const provider = readProvider(root, variables);
  const list = listFunctions({ root, tree, file: source.file, files, variables, budget });
  const plugins = pluginNames(variables.fill(root['plugins']));
  const custom = () => record(variables.follow({ value: root['custom'], path: ['custom'] }).value);
  const pluginVariables = plugins.includes('serverless-dotenv-plugin')
    ? dotenvPluginVariables(variables.fill(custom()['dotenv']), { files, shell, budget })
    : {};
  const functionResources = Object.fromEntries(
    list.entries.map((entry) => [logicalIdOf(entry.key), resourceOf(deployedName(entry, root, variables))]),
  );
  const environmentOf = createFunctionEnvironment({
    root,
    provider,
    variables,
    pluginVariables,
    functionResources,
    hasPseudoParameters: plugins.includes('serverless-pseudo-parameters'),
    shell,
    budget,
  });
  const isBundled = bundlesJavaScript(plugins, variables.fill(root['build']));
  const context = { root, provider, variables, environmentOf, isBundled, budget };
  const functions = list.entries.map(createFunctionReader(context));
  const resources = resourceFunctions(root, { tree, source, variables, budget });
  return {
    functions: [...functions, ...resources.functions],
    problems: [...list.problems, ...resources.problems, ...variables.problems()],
    neededFiles: files.needed(),
  };
}
