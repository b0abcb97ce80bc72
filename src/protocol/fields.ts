import { isRecord } from '../core/json/isRecord.ts';

/** Parses a field of a message. Undefined rejects the message. */
export type Field<T> = (value: unknown) => T | undefined;

/** A field that is omitted if it is invalid. */
interface Optional<T> {
  readonly optional: Field<T>;
}

export type Shape = Readonly<Record<string, Field<unknown> | Optional<unknown>>>;

type Required<S> = {
  readonly [P in keyof S as S[P] extends Field<unknown> ? P : never]: S[P] extends Field<infer T> ? T : never;
};
type Optionals<S> = {
  readonly [P in keyof S as S[P] extends Field<unknown> ? never : P]?: S[P] extends Optional<infer T> ? T : never;
};

type Flat<T> = { readonly [P in keyof T]: T[P] };

/** The union of the messages in a table of shapes by `type`. */
export type MessageOf<Shapes> = {
  [K in keyof Shapes]: Flat<{ readonly type: K } & Required<Shapes[K]> & Optionals<Shapes[K]>>;
}[keyof Shapes];

export const text: Field<string> = (value) => (typeof value === 'string' ? value : undefined);
export const filledText: Field<string> = (value) => (value === '' ? undefined : text(value));
export const integer: Field<number> = (value) => (Number.isInteger(value) ? (value as number) : undefined);
export const length: Field<number> = (value) => {
  const read = integer(value);
  return read === undefined || read < 0 ? undefined : read;
};
export const boolean: Field<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
/** Anything but `true` is false. */
export const flag: Field<boolean> = (value) => value === true;

export function oneOf<T extends string>(choices: readonly T[]): Field<T> {
  return (value) => choices.find((choice) => choice === value);
}

export function optional<T>(field: Field<T>): Optional<T> {
  return { optional: field };
}

/** Parses a message with the shape of its type. Drops unknown fields. */
export function parseMessage<Shapes extends Readonly<Record<string, Shape>>>(
  shapes: Shapes,
  value: unknown,
): MessageOf<Shapes> | undefined {
  if (!isRecord(value)) return undefined;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return undefined;
  const message: Record<string, unknown> = { type };
  for (const [name, field] of Object.entries(shapes[type] ?? {})) {
    const isOptional = typeof field !== 'function';
    const read = (isOptional ? field.optional : field)(value[name]);
    if (read !== undefined) message[name] = read;
    else if (!isOptional) return undefined;
  }
  return message as MessageOf<Shapes>;
}
