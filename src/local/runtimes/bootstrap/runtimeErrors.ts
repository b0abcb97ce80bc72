import { CLIENT_VERSION } from './clientVersion.ts';

/** The classes whose names don't end like those of the errors. */
const CLASSES_OF_VERSION_4 = ['HandlerNotFound', 'MalformedHandlerName', 'CallbackHandlerDeprecated'];

/** The class of an error in AWS's client, whose name is the error type in JSON logs. Names here are minified. */
function classNameOf(name: string): string {
  const last = name.replace('Runtime.', '');
  return CLIENT_VERSION === 4 && CLASSES_OF_VERSION_4.includes(last) ? `${last}Error` : last;
}

/** An error of the runtime, with the name that Lambda uses. Its stack has no frames of this extension. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, stack?: string) {
    super(message);
    const Named = class extends new.target {};
    Object.defineProperty(Named, 'name', { value: classNameOf(name) });
    Object.setPrototypeOf(this, Named.prototype);
    // The log contains enumerable fields.
    Object.defineProperty(this, 'name', { value: name, enumerable: CLIENT_VERSION === 4 });
    this.stack = stack ?? `${name}: ${message}`;
  }
}

/** A thrown value as text. Unlike String(), it also accepts objects that can't be converted. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[object Object]';
  }
}

/** Lambda's error for an unhandled rejection. Its trace has the frames of the reason. */
export class UnhandledPromiseRejection extends RuntimeError {
  readonly reason: unknown;
  readonly promise: unknown;

  constructor(reason: unknown, promise: unknown) {
    const name = 'Runtime.UnhandledPromiseRejection';
    const message = textOf(reason);
    const stack: unknown = reason instanceof Error ? reason.stack : undefined;
    const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => line.startsWith('    at ')) : [];
    super(name, message, [`${name}: ${message}`, ...frames].join('\n'));
    this.reason = reason;
    this.promise = promise;
  }
}
