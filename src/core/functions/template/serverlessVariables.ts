import { LOCAL_ACCOUNT, LOCAL_REGION } from '../localArn.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { includedFileProblem, type IncludedFiles } from './includedFiles.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import { createEnvironmentValues, type Shell } from './serverlessEnvironment.ts';
import { parseSource, splitVariables, type Variable, type VariableSource } from './serverlessSyntax.ts';
import { record, type Values } from './templateFunction.ts';

const DEFAULT_STAGE = 'dev';

/** In a deployment, the framework generates this ID. */
const LOCAL_INSTANCE_ID = 'local';

/** A value and its location, for line numbers. */
export interface Located {
  /** As written: it can contain variables. UNRESOLVED if the files don't contain the value. */
  readonly value: unknown;
  /** The included file, relative to the template's folder. Absent for the template itself. */
  readonly file?: string;
  readonly path: readonly string[];
  /** Why it's UNRESOLVED, if that's known. `needed`: the caller has to read a file first. */
  readonly reason?: Message | 'needed';
}

/** Resolves `${…}` in a Serverless Framework file. Every method throws WorkBudgetExceeded. */
export interface Variables {
  /** Resolves all variables in a value. Those that the files alone can't resolve are UNRESOLVED. */
  readonly fill: (value: unknown) => unknown;
  /** Resolves a text that consists of a variable, without the variables in its value. Other values are unchanged. */
  readonly follow: (located: Located) => Located;
  readonly stage: string;
  /** Problems with included files, each once. */
  readonly problems: () => readonly Message[];
}

export interface VariableContext {
  readonly root: Values;
  readonly files: IncludedFiles;
  readonly shell: Shell;
  readonly budget: WorkBudget;
}

type Reference = Extract<VariableSource, { kind: 'reference' }>;

const NOTHING: Located = { value: UNRESOLVED, path: [] };

const toLocated = (value: unknown): Located => ({ value: value ?? UNRESOLVED, path: [] });

/** An unresolved value, for the first known reason. */
function unresolved(...causes: readonly Pick<Located, 'reason'>[]): Located {
  const reason = causes.map((cause) => cause.reason).find((each) => each !== undefined);
  return { ...NOTHING, ...(reason !== undefined && { reason }) };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function scalarText(value: unknown): string | undefined {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? String(value) : undefined;
}

/** The keys of an address: `a.b.0`, or `a.b[0]`. */
function keysOf(address: string): string[] {
  return address === '' ? [] : address.replaceAll('[', '.').replaceAll(']', '').split('.');
}

function childOf({ value, path, ...location }: Located, key: string): Located {
  const fields = Array.isArray(value) ? (value as unknown[]) : record(value);
  const child: unknown = Object.hasOwn(fields, key) ? (fields as Values)[key] : undefined;
  return !isSet(child) ? NOTHING : { ...location, value: child, path: [...path, key] };
}

function booleanOf(text: string): Located {
  const lower = text.trim().toLowerCase();
  if (['true', '1'].includes(lower)) return toLocated(true);
  return ['false', '0'].includes(lower) ? toLocated(false) : NOTHING;
}

/**
 * Creates the resolver for a file. Each variable is resolved once, and a circular one is UNRESOLVED. If the files don't
 * contain the value of a variable, its fallback is used. Source: Serverless Framework, "Variables" and "Parameters".
 */
export function createVariables({ root, files, shell, budget }: VariableContext): Variables {
  const texts = new Map<string, Located>();
  const objects = new Map<object, unknown>();
  const problems = new Map<string, Message>();
  const environment = createEnvironmentValues({ root, files, shell, budget });
  const main: Located = { value: root, path: [] };
  let stage: string | undefined;

  function walk(start: Located, keys: readonly string[]): Located {
    budget.step(keys.length);
    let at = follow(start);
    for (const key of keys) {
      if (at.value === UNRESOLVED) return at;
      at = follow(childOf(at, key));
    }
    return at;
  }

  function providerText(field: 'stage' | 'region', fallback: string): string {
    return scalarText(walk(main, ['provider', field]).value) ?? fallback;
  }

  /** The first text that doesn't contain the value of an environment variable. */
  function shownText(...candidates: readonly string[]): string {
    return candidates.find((text) => !environment.isIn(text)) ?? '${…}';
  }

  function fileValue(path: string, address: string, raw: string): Located {
    const included = files.read(path);
    if (included.kind === 'text') return address === '' ? toLocated(included.text) : NOTHING;
    if (included.kind === 'values')
      return walk({ value: included.root, file: included.path, path: [] }, keysOf(address));
    if (included.kind === 'needed') return { ...NOTHING, reason: 'needed' };
    const shownPath = shownText(files.labelOf(path), raw);
    return { ...NOTHING, reason: includedFileProblem(included, { location: files.locationOf(raw), shownPath }) };
  }

  /** The first value for a parameter of the stage. */
  function parameterValue(name: string): Located {
    const paths = [
      ['stages', stage ?? DEFAULT_STAGE, 'params'],
      ['params', stage ?? DEFAULT_STAGE],
      ['stages', 'default', 'params'],
      ['params', 'default'],
    ];
    for (const path of paths) {
      const parameters = walk(main, path);
      if (isSet(record(parameters.value)[name])) return follow(childOf(parameters, name));
      if (parameters.reason !== undefined) return parameters;
    }
    return NOTHING;
  }

  function selfValue(address: string): Located {
    if (address === 'service.name') return walk(main, ['service']);
    if (address === 'provider.stage' && stage !== undefined) return toLocated(stage); // known before .env files are
    const located = walk(main, keysOf(address));
    if (located.value !== UNRESOLVED || located.reason !== undefined) return located;
    if (address === 'provider.stage') return toLocated(DEFAULT_STAGE);
    return address === 'provider.region' ? toLocated(LOCAL_REGION) : located;
  }

  function environmentVariable(name: string): Located {
    const value = environment.valueOf(name, stage);
    if (value !== undefined) return toLocated(value);
    return { ...NOTHING, reason: message('shellVariableMissing', shownText(name)) };
  }

  function coreValue(name: string): Located {
    if (name === 'stage') return toLocated(stage ?? DEFAULT_STAGE);
    return name === 'instanceId' ? toLocated(LOCAL_INSTANCE_ID) : NOTHING;
  }

  function awsValue(name: string): Located {
    if (name === 'region') return toLocated(providerText('region', LOCAL_REGION));
    if (name === 'accountId') return toLocated(LOCAL_ACCOUNT);
    return name === 'partition' ? toLocated('aws') : NOTHING;
  }

  function referenceValue({ type, parameter, address }: Reference, raw: string): Located {
    const parts = [parameter, address].map((value) => follow({ value, path: [] }));
    const [filledParameter, filledAddress] = parts.map(({ value }) => scalarText(value));
    if (filledParameter === undefined || filledAddress === undefined) return unresolved(...parts);
    switch (type) {
      case 'self':
        return selfValue(filledAddress);
      case 'file':
        return fileValue(filledParameter, filledAddress, raw);
      case 'env':
        return environmentVariable(filledAddress);
      case 'param':
        return parameterValue(filledAddress);
      case 'sls':
        return coreValue(filledAddress);
      case 'aws':
        return awsValue(filledAddress);
      case 'strToBool':
        return booleanOf(filledParameter);
      default:
        return NOTHING;
    }
  }

  /** The default of `opt:stage` or `opt:region`, which every deployment has. */
  function optionValue({ sources }: Variable): Located {
    if (sources.includes('opt:stage')) return toLocated(stage ?? DEFAULT_STAGE);
    return sources.includes('opt:region') ? toLocated(providerText('region', LOCAL_REGION)) : NOTHING;
  }

  /** Each file is reported once. */
  function report(reason: Message): void {
    const key = JSON.stringify([reason.code, reason.args.at(-1)]);
    if (!problems.has(key)) problems.set(key, reason);
  }

  function variableValue(variable: Variable): Located {
    let reason: Located['reason'];
    for (const part of variable.sources) {
      budget.step();
      const source = parseSource(part);
      if (source.kind === 'literal') return follow({ value: source.value, path: [] });
      const located = source.kind === 'reference' ? follow(referenceValue(source, variable.raw)) : NOTHING;
      if (located.value !== UNRESOLVED) return located;
      reason ??= located.reason;
    }
    const option = optionValue(variable);
    if (option.value !== UNRESOLVED || reason === undefined) return option;
    if (reason !== 'needed' && reason.code !== 'shellVariableMissing') report(reason);
    return { ...NOTHING, reason };
  }

  /** The value of a text with variables. */
  function textValue(text: string): Located {
    const pieces = splitVariables(text);
    const [first] = pieces;
    if (pieces.length === 1 && first !== undefined)
      return typeof first === 'string' ? toLocated(first) : variableValue(first);
    let joined = '';
    for (const piece of pieces) {
      budget.step();
      const located: Located = typeof piece === 'string' ? toLocated(piece) : variableValue(piece);
      const replacement = scalarText(typeof piece === 'string' ? piece : fill(located.value));
      if (replacement === undefined) return unresolved(located);
      budget.addOutput(replacement.length);
      joined += replacement;
    }
    return joined === text ? toLocated(text) : follow(toLocated(joined));
  }

  function follow(located: Located): Located {
    const { value } = located;
    if (typeof value !== 'string' || !value.includes('${')) return located;
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, NOTHING); // so that cycles end
    budget.addOutput(value.length);
    const result = budget.nest(() => textValue(value));
    texts.set(value, result);
    return result;
  }

  function fillObject(value: object): unknown {
    if (Array.isArray(value)) return value.map(fill);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)]));
  }

  function fill(value: unknown): unknown {
    budget.step();
    const followed = typeof value === 'string' ? follow({ value, path: [] }).value : value;
    if (typeof followed !== 'object' || followed === null) return followed;
    if (objects.has(followed)) return objects.get(followed);
    objects.set(followed, UNRESOLVED);
    const filled = budget.nest(() => fillObject(followed));
    objects.set(followed, filled);
    return filled;
  }

  stage = providerText('stage', DEFAULT_STAGE);
  texts.clear(); // while the stage isn't known, .env files aren't loaded
  objects.clear();
  return { fill, follow, stage, problems: () => [...problems.values()] };
}
