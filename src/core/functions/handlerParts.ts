/**
 * The parts of a handler: `src/app.handler` has the module `src/app` and the export `handler`, which may be nested
 * (`a.b`).
 */
export interface HandlerParts {
  readonly modulePath: string;
  readonly exportPath: string;
}

/**
 * Parses a Node.js handler, or returns undefined if it has no export. Source:
 * aws-lambda-nodejs-runtime-interface-client, UserFunction.
 */
export function handlerParts(handler: string): HandlerParts | undefined {
  const nameStart = handler.lastIndexOf('/') + 1;
  const dot = handler.indexOf('.', nameStart);
  if (dot <= nameStart || dot === handler.length - 1) return undefined;
  return { modulePath: handler.slice(0, dot), exportPath: handler.slice(dot + 1) };
}
