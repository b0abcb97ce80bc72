import { isRecord } from '../../json/isRecord.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import { PlaceholderParameter } from './placeholderParameter.ts';

/** The default of a parameter. The default of an SSM parameter type is only the name of the parameter in SSM. */
function defaultOf(parameter: unknown): unknown {
  if (!isRecord(parameter)) return undefined;
  const { Type: type, Default: value } = parameter;
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value') ? undefined : value;
}

/** The values of a template's parameters: the passed ones, or else their defaults, if any. */
export function parameterValues(
  declared: unknown,
  passed: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!isRecord(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, parameter]) => {
      const value = Object.hasOwn(passed, name) ? passed[name] : defaultOf(parameter);
      if (value instanceof PlaceholderParameter) return [[name, UNRESOLVED]];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
