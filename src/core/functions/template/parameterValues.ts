import { isRecord } from '../../json/isRecord.ts';

/** The default of a parameter. That of an SSM parameter type is only the name of the value. */
function defaultOf(parameter: unknown): unknown {
  if (!isRecord(parameter)) return undefined;
  const { Type: type, Default: value } = parameter;
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value') ? undefined : value;
}

/** The values of a template's parameters: those that are passed to it, and otherwise their defaults, if they have one. */
export function parameterValues(
  declared: unknown,
  passed: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!isRecord(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, parameter]) => {
      const value = Object.hasOwn(passed, name) ? passed[name] : defaultOf(parameter);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
