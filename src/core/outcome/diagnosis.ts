import type { FunctionErrorDetails } from './functionError.ts';
import { MAX_SYNCHRONOUS_SECONDS } from '../functions/managedInstances.ts';
import { message, type Message } from '../messages/messages.ts';
import { missingModuleAdvice } from './missingModule.ts';
import type { Report } from './report.ts';

/** How a function failed. `thrown` is an error that its own code threw. */
export type FunctionErrorKind = 'thrown' | 'timeout' | 'outOfMemory' | 'init' | 'exit' | 'responseTooLarge';

/** The kind of a function error, and advice on what to change if there is any. */
export interface Diagnosis {
  readonly kind: FunctionErrorKind;
  readonly advice?: Message;
}

interface Evidence {
  readonly error: FunctionErrorDetails;
  readonly report?: Report;
  readonly logText?: string;
  /** Advice to use if the error has no more specific advice. */
  readonly fallback?: Message;
  /** Whether the function ran locally. */
  readonly isLocal?: boolean;
  /** Whether the function ran on managed instances, where its code isn't stopped by the timeout. */
  readonly isManaged?: boolean;
}

/** The types of errors about missing modules. */
const MISSING_MODULE_TYPES = new Set(['Runtime.ImportModuleError', 'Error', 'ModuleNotFoundError']);

/** Runtime errors before or around the handler, with advice. Source: Lambda developer guide. */
const INIT_ERRORS: Readonly<Record<string, Message>> = {
  'Runtime.ImportModuleError': message('adviceImportModule'),
  'Runtime.HandlerNotFound': message('adviceHandlerNotFound'),
  'Runtime.MalformedHandlerName': message('adviceMalformedHandler'),
  'Runtime.UserCodeSyntaxError': message('adviceSyntax'),
  'Runtime.CallbackHandlerDeprecated': message('adviceCallback'),
  'Runtime.MalformedStreamingHandler': message('adviceHandlerNotFound'),
  'Runtime.InvalidEntrypoint': message('adviceEntrypoint'),
  'Runtime.InvalidTaskConfig': message('adviceEntrypoint'),
  'Extension.InitError': message('adviceExtension'),
  'Extension.LaunchError': message('adviceExtension'),
};

const EXTENSION_EXITS = new Set(['Extension.ExitError', 'Extension.Crash']);

/** Error types of the languages themselves for running out of memory. */
const OUT_OF_MEMORY_TYPES =
  /^(Runtime\.OutOfMemory|MemoryError|java\.lang\.OutOfMemoryError|OutOfMemoryException|NoMemoryError)$/;
const OUT_OF_MEMORY_LOG = /JavaScript heap out of memory|fatal error: runtime: out of memory|Cannot allocate memory/;

const TIMED_OUT = /\bTask timed out after (\d+(?:\.\d+)?) seconds\b/;
const UNTYPED_TIMEOUT = /^\S+Z \S+ Task timed out after /;
const INIT_REPORT = 'INIT_REPORT ';
const STATUS_TIMEOUT = /\bStatus: timeout\b/;
/** An exit with the code 0. Since nodejs24.x, it's also how a function ends that waits for nothing. */
const WITHOUT_REASON = /\bRuntime exited without providing a reason$/;
const KILLED = /\bsignal: killed\b/;

/** The system's error for a program. Other messages of the local endpoint about the start include what to do. */
const SPAWN_ERROR = /\bspawn /;

/** Node.js's messages about ES modules in CommonJS code. */
const ES_MODULE_SYNTAX = /Cannot use import statement outside a module|Unexpected token 'export'/;
const ES_MODULE_REQUIRED = /^require\(\) of ES Module /;

/** More specific advice. Derived from the message, because the payloads of these errors have no code. */
function adviceFromMessage(type: string, text: string, isLocal: boolean): Message | undefined {
  if (MISSING_MODULE_TYPES.has(type)) {
    if (ES_MODULE_REQUIRED.test(text)) return message('adviceRequireEsModule');
    return missingModuleAdvice(text, isLocal);
  }
  if (type === 'Runtime.UserCodeSyntaxError' && ES_MODULE_SYNTAX.test(text)) return message('adviceEsModuleSyntax');
  if (type === 'Runtime.HandlerNotFound' && text.endsWith(' is not a function')) return message('adviceNotAFunction');
  return undefined;
}

/** A killed process ran out of memory only if it reached its memory limit. */
function isAtLimit({ maxMemoryUsedMB, memorySizeMB }: Report): boolean {
  return maxMemoryUsedMB !== undefined && memorySizeMB !== undefined && maxMemoryUsedMB >= memorySizeMB;
}

/** Whether the log reports an initialization timeout. Skips matches that are quoted inside JSON. */
function hasInitTimeout(log: string): boolean {
  return log.split('\n').some((line) => {
    const at = line.indexOf(INIT_REPORT);
    return at !== -1 && !/[{"]/.test(line.slice(0, at)) && STATUS_TIMEOUT.test(line.slice(at + INIT_REPORT.length));
  });
}

function outOfMemory(report: Report | undefined): Diagnosis {
  const size = report?.memorySizeMB;
  return {
    kind: 'outOfMemory',
    advice: size === undefined ? message('adviceMemory') : message('adviceMemoryOf', size),
  };
}

/** On managed instances, Lambda stops waiting but not the code. Source: Lambda developer guide, "Lambda Managed Instances". */
function timeoutAdvice(seconds: string | undefined, isManaged: boolean): Message {
  if (!isManaged) return seconds === undefined ? message('adviceTimeout') : message('adviceTimeoutOf', seconds);
  if (seconds === undefined) return message('adviceTimeoutManaged');
  const isLongest = Number(seconds) === MAX_SYNCHRONOUS_SECONDS;
  return message(isLongest ? 'adviceTimeoutSynchronous' : 'adviceTimeoutManagedOf', seconds);
}

/**
 * Determines how a function failed, by error type and REPORT line. Matches on text only where neither helps: older
 * timeouts have no errorType, and a killed process gives no reason. Source: Lambda developer guide, troubleshooting
 * invocations.
 */
export function diagnose(evidence: Evidence): Diagnosis {
  const { error, report, logText = '', fallback, isLocal = false, isManaged = false } = evidence;
  const { type = '', message: errorMessage = '' } = error;
  const seconds = TIMED_OUT.exec(errorMessage)?.[1];
  const isPlatformTimeout = type === 'Sandbox.Timedout' || (type === '' && UNTYPED_TIMEOUT.test(errorMessage));
  if (isPlatformTimeout || report?.status === 'timeout') {
    const isInit = report?.status !== 'timeout' && hasInitTimeout(logText);
    if (isInit) return { kind: 'init', advice: message('adviceInitTimeout') };
    return { kind: 'timeout', advice: timeoutAdvice(seconds, isManaged) };
  }
  if (OUT_OF_MEMORY_TYPES.test(type)) return outOfMemory(report);
  if (type === 'Function.ResponseSizeTooLarge')
    return { kind: 'responseTooLarge', advice: message('adviceResponseSize') };
  const hasExited = type === 'Runtime.ExitError' || EXTENSION_EXITS.has(type);
  if (hasExited && (OUT_OF_MEMORY_LOG.test(logText) || (KILLED.test(errorMessage) && isAtLimit(report ?? {})))) {
    return outOfMemory(report);
  }
  const init = Object.hasOwn(INIT_ERRORS, type) ? INIT_ERRORS[type] : undefined;
  const specific = adviceFromMessage(type, errorMessage, isLocal);
  const hasOwnAdvice = isLocal && type === 'Runtime.InvalidEntrypoint' && !SPAWN_ERROR.test(errorMessage);
  if (hasOwnAdvice) return { kind: 'init' };
  if (init !== undefined) return { kind: 'init', advice: specific ?? fallback ?? init };
  if (specific !== undefined) return { kind: report?.status === 'error' ? 'init' : 'thrown', advice: specific };
  if (EXTENSION_EXITS.has(type)) return { kind: 'exit', advice: message('adviceExtension') };
  if (hasExited) {
    const hasReason = !WITHOUT_REASON.test(errorMessage);
    return { kind: 'exit', advice: hasReason ? message('adviceExit') : message('adviceExitWithoutReason') };
  }
  if (type === 'Runtime.NodeJsExit') return { kind: 'thrown', advice: message('adviceNeverSettled') };
  if (type === 'Runtime.UnhandledPromiseRejection') return { kind: 'thrown', advice: message('adviceRejection') };
  return fallback === undefined ? { kind: 'thrown' } : { kind: 'thrown', advice: fallback };
}
