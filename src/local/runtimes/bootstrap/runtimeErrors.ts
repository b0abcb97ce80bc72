import { CLIENT_VERSION } from './clientVersion.ts';

/** The classes whose names don't end like those of the errors. */
const CLASSES_OF_VERSION_4 = ['HandlerNotFound', 'MalformedHandlerName', 'CallbackHandlerDeprecated'];

/** The class of an error in AWS's client, whose name is the error type in JSON logs. Names here are minified. */
function classNameOf(name: string): string {
  const last = name.replace('Runtime.', '');
  return CLIENT_VERSION === 4 && CLASSES_OF_VERSION_4.includes(last) ? `${last}Error` : last;
}

/** An error of the runtime, with Lambda's name for it. Its stack has no frames of this extension. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, stack?: string) {
    super(message);
    const Named = class extends new.target {};
    Object.defineProperty(Named, 'name', { value: classNameOf(name) });
    Object.setPrototypeOf(this, Named.prototype);
    Object.defineProperty(this, 'name', { value: name, enumerable: CLIENT_VERSION === 4 }); // the log has enumerable fields
    this.stack = stack ?? `${name}: ${message}`;
  }
}

/** The message of an error that was caused by any thrown value. */
function describe(reason: unknown): string {
  try {
    return String(reason);
  } catch {
    return '[object Object]';
  }
}

/** Lambda's error for a rejection that nothing handles. Its trace has the frames of the reason. */
export class UnhandledPromiseRejection extends RuntimeError {
  readonly reason: unknown;
  readonly promise: unknown;

  constructor(reason: unknown, promise: unknown) {
    const name = 'Runtime.UnhandledPromiseRejection';
    const message = describe(reason);
    const stack: unknown = reason instanceof Error ? reason.stack : undefined;
    const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => line.startsWith('    at ')) : [];
    super(name, message, [`${name}: ${message}`, ...frames].join('\n'));
    this.reason = reason;
    this.promise = promise;
  }
}
