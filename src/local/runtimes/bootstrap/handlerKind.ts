import { CLIENT_VERSION } from './clientVersion.ts';
import type { Handler } from './loadHandler.ts';
import { RuntimeError } from './runtimeErrors.ts';

/** The symbols that mark streaming handlers in Lambda's runtime. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
export const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
export const STREAM_RESPONSE = 'response';

const DOCUMENTATION = 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html';

const CALLBACK_ERROR = `ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see ${DOCUMENTATION}.`;

const CALLBACK_WARNING =
  'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.';

/** How to call a handler. */
export interface HandlerKind {
  readonly isStreaming: boolean;
  readonly highWaterMark?: number;
  /** Whether the handler was declared with `async`. */
  readonly isAsync: boolean;
}

function isDeclaredAsync(handler: Handler): boolean {
  try {
    return handler.constructor.name === 'AsyncFunction';
  } catch {
    return false;
  }
}

/** Version 4 rejects callback-based handlers. Version 3 warns about them. */
function checkCallback({ length }: Handler, { isStreaming, isAsync }: HandlerKind): void {
  if (CLIENT_VERSION === 4) {
    if (length >= 3 && !isStreaming) throw new RuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACK_ERROR);
    return;
  }
  const isWarningOff = process.env['AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING'] !== undefined;
  if (length === 3 && !isStreaming && !isAsync && !isWarningOff) console.warn(CALLBACK_WARNING);
}

/**
 * Determines how to call a handler. Throws Runtime.MalformedStreamingHandler and Runtime.CallbackHandlerDeprecated, and
 * logs a warning for callbacks in version 3. Source: aws-lambda-ric, getHandlerMetadata.
 */
export function kindOf(handler: Handler): HandlerKind {
  const { [STREAMING]: mark, [HIGH_WATER_MARK]: bytes } = handler as unknown as Record<symbol, unknown>;
  if (mark && mark !== STREAM_RESPONSE)
    throw new RuntimeError('Runtime.MalformedStreamingHandler', 'Only response streaming is supported.');
  const highWaterMark = bytes ? Math.trunc(Number(bytes)) : Number.NaN;
  const kind: HandlerKind = {
    isStreaming: Boolean(mark),
    isAsync: isDeclaredAsync(handler),
    ...(highWaterMark > 0 && { highWaterMark }),
  };
  checkCallback(handler, kind);
  return kind;
}
