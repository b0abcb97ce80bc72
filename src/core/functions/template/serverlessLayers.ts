import { MAX_LAYERS, type FunctionLayer } from '../functionLayers.ts';
import { normalizedName } from './serverlessNames.ts';
import { firstText } from './templateLayers.ts';
import type { Variables } from './serverlessVariables.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** The folder with the packages that serverless-python-requirements installs for all functions. */
export const REQUIREMENTS_FOLDER = '.serverless/requirements';

/** The layer that serverless-python-requirements creates from its folder. */
const REQUIREMENTS_LAYER: FunctionLayer = {
  name: 'PythonRequirementsLambdaLayer',
  contentUri: REQUIREMENTS_FOLDER,
  builtFolder: 'python',
};

interface LayerContext {
  readonly root: Values;
  readonly variables: Pick<Variables, 'fill' | 'follow'>;
  readonly budget: WorkBudget;
}

/**
 * Returns a function that reads the `layers` of a function: those of the file with their folder or archive, and others with
 * their ARN, or else a name. It throws WorkBudgetExceeded. Source: Serverless Framework, "AWS Lambda Layers", and its names
 * of CloudFormation resources.
 */
export function createLayerReader({ root, variables, budget }: LayerContext): (written: unknown) => FunctionLayer[] {
  let defined: ReadonlyMap<string, FunctionLayer> | undefined;

  /** The layers of the file, by logical ID. */
  function definedLayers(): ReadonlyMap<string, FunctionLayer> {
    const section = variables.follow({ value: root['layers'], path: ['layers'] }).value;
    const layers = Object.entries(record(section)).map(([name, value]): [string, FunctionLayer] => {
      budget.step();
      const fields = record(variables.fill(value));
      const contentUri = textOf(record(fields['package'])['artifact']) ?? textOf(fields['path']);
      return [`${normalizedName(name)}LambdaLayer`, { name, ...(contentUri !== undefined && { contentUri }) }];
    });
    return new Map([[REQUIREMENTS_LAYER.name, REQUIREMENTS_LAYER], ...layers]);
  }

  function readLayer(written: unknown): FunctionLayer[] {
    const filled = variables.fill(written);
    defined ??= definedLayers();
    const id = textOf(record(filled)['Ref']);
    const own = id === undefined ? undefined : defined.get(id);
    const name = textOf(filled) ?? id ?? firstText(written, budget);
    if (own !== undefined) return [own];
    return name === undefined ? [] : [{ name }];
  }

  return (written) => {
    if (written === undefined || written === null) return [];
    const { value } = variables.follow({ value: written, path: [] });
    const items: readonly unknown[] = Array.isArray(value) ? value : [written];
    budget.step(items.length);
    return items.slice(0, MAX_LAYERS).flatMap(readLayer);
  };
}
