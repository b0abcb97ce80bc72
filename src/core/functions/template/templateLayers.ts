import { functionCode } from './functionCode.ts';
import { isRecord } from '../../json/isRecord.ts';
import { LAYER_TYPES } from './resourceTypes.ts';
import { MAX_LAYERS, type BuiltFolder, type FunctionLayer } from '../functionLayers.ts';
import { evaluateCondition, resolve, type Scope } from './intrinsics.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import { PlaceholderParameter } from './placeholderParameter.ts';
import type { TemplateSource } from './readTemplate.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** The folders below `/opt` for which `sam build` builds a layer, by the start of BuildMethod. */
const BUILT_FOLDERS: readonly BuiltFolder[] = ['python', 'nodejs'];

/** The layers of a function, and the files that have to be read to find their content. */
export interface ReadLayers {
  readonly layers: readonly FunctionLayer[];
  readonly neededFiles: readonly string[];
}

/** The logical ID that a value refers to. */
function referredId(value: unknown): string | undefined {
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = record(value);
  const id: unknown = Array.isArray(attribute) ? (attribute as unknown[])[0] : textOf(attribute)?.split('.', 1)[0];
  const substituted = textOf(text);
  const isReference = substituted?.startsWith('${') === true && substituted.indexOf('}') === substituted.length - 1;
  return textOf(reference) ?? textOf(id) ?? (isReference ? substituted.slice(2, -1) : undefined);
}

/** The first string in a value. Names a layer whose ARN only a deployed stack has. */
export function firstText(value: unknown, budget: WorkBudget): string | undefined {
  budget.step();
  if (typeof value === 'string') return value;
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  return budget.nest(() => {
    for (const part of Object.values(value)) {
      const text = firstText(part, budget);
      if (text !== undefined) return text;
    }
    return undefined;
  });
}

/** The entries of a list of layers. Conditions in it are evaluated. */
function itemsOf(value: unknown, scope: Scope): unknown[] {
  scope.budget.step();
  if (Array.isArray(value)) return scope.budget.nest(() => value.flatMap((item) => itemsOf(item, scope)));
  const choice = record(value)['Fn::If'];
  if (!Array.isArray(choice)) return [value];
  const truth = evaluateCondition(choice[0], scope);
  if (truth === UNRESOLVED) return [value];
  return scope.budget.nest(() => itemsOf(truth ? choice[1] : choice[2], scope));
}

/** A layer, and the file that has to be read to find its content. */
interface ReadLayer {
  readonly layer: FunctionLayer;
  readonly neededFile?: string;
}

/** A layer that the template defines. */
function definedLayer(logicalId: string, resource: Values, { scope, source }: LayerContext): ReadLayer {
  const written = record(resource['Properties']);
  const metadata = record(resource['Metadata']);
  const content = written['ContentUri'] ?? written['Content'];
  const properties = { Code: resolve(content, scope) };
  const hasContent = content !== undefined && content !== null;
  const { folder, neededFile } = hasContent
    ? functionCode({ properties, ownProperties: { Code: content }, metadata }, source, scope.budget)
    : {};
  const method = textOf(metadata['BuildMethod']);
  const builtFolder = BUILT_FOLDERS.find((name) => method?.startsWith(name) === true);
  return {
    layer: {
      name: logicalId,
      ...(folder !== undefined && { contentUri: folder }),
      ...(builtFolder !== undefined && { builtFolder }),
      ...(method !== undefined && { builtUri: `.aws-sam/build/${logicalId}` }),
    },
    ...(neededFile !== undefined && { neededFile }),
  };
}

/**
 * The layer that a value refers to: one that the template defines, or one that the including template passes as a
 * parameter. Throws WorkBudgetExceeded and ReferenceCycle.
 */
export function referredLayer(value: unknown, context: LayerContext): ReadLayer | undefined {
  const { scope } = context;
  const id = referredId(value);
  if (id === undefined) return undefined;
  const passed = Object.hasOwn(scope.passed, id) ? scope.passed[id] : undefined;
  if (passed instanceof PlaceholderParameter) return passed.layer && { layer: passed.layer };
  const resources = record(scope.resources);
  const resource = Object.hasOwn(resources, id) ? record(resources[id]) : {};
  const type = resource['Type'];
  return typeof type === 'string' && LAYER_TYPES.includes(type) ? definedLayer(id, resource, context) : undefined;
}

interface LayerContext {
  readonly scope: Scope;
  readonly source: TemplateSource;
}

/**
 * Reads the `Layers` of a function as written: layers of the template with the location of their content, and others with
 * their ARN, or else a name. Throws WorkBudgetExceeded and ReferenceCycle. Source: SAM and CloudFormation template
 * references, LayerVersion; SAM developer guide, "Building Lambda layers".
 */
export function readLayers(value: unknown, context: LayerContext): ReadLayers {
  const { scope } = context;
  if (value === undefined || value === null) return { layers: [], neededFiles: [] };
  const layers: FunctionLayer[] = [];
  const neededFiles: string[] = [];
  for (const item of itemsOf(value, scope)) {
    const referred = referredLayer(item, context);
    if (referred !== undefined) {
      layers.push(referred.layer);
      if (referred.neededFile !== undefined) neededFiles.push(referred.neededFile);
      continue;
    }
    const resolved = resolve(item, scope);
    const texts: readonly unknown[] = typeof resolved === 'string' ? resolved.split(',') : [resolved].flat();
    for (const text of texts) {
      const name = typeof text === 'string' ? text.trim() : (referredId(item) ?? firstText(item, scope.budget));
      if (text !== undefined && name !== undefined && name !== '') layers.push({ name });
    }
  }
  scope.budget.step(layers.length);
  return { layers: layers.slice(0, MAX_LAYERS), neededFiles };
}
