import { expect, test } from 'vitest';
import { diagnose, type FunctionErrorKind } from '../../../../src/core/outcome/diagnosis.ts';
import { parseFunctionError } from '../../../../src/core/outcome/functionError.ts';
import { toOutcome } from '../../../../src/core/outcome/outcome.ts';
import { parseReport } from '../../../../src/core/outcome/logTail.ts';

const ID = '8fc6f963-411b-58b5-8483-a32130c0f45d';
const report = (rest: string) =>
  `REPORT RequestId: ${ID}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\t${rest}\n`;

/** A payload, its log tail, and the expected kind and advice. */
const CASES: readonly (readonly [string, object, string, FunctionErrorKind, string | undefined])[] = [
  [
    'an error that the function threw',
    { errorType: 'TypeError', errorMessage: 'x' },
    report('Max Memory Used: 60 MB'),
    'thrown',
    undefined,
  ],
  [
    'an error that only looks like a timeout',
    { errorType: 'MyTimeout', errorMessage: 'Task timed out after 3 seconds' },
    '',
    'thrown',
    undefined,
  ],
  [
    'a timeout',
    { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${ID} Error: Task timed out after 3.00 seconds` },
    report('Max Memory Used: 60 MB\tStatus: timeout'),
    'timeout',
    'adviceTimeoutOf',
  ],
  [
    'an older timeout',
    { errorMessage: `2026-01-01T00:00:00.000Z ${ID} Task timed out after 1.00 seconds` },
    '',
    'timeout',
    'adviceTimeoutOf',
  ],
  ['a timeout without an error type', { errorMessage: '' }, report('Status: timeout'), 'timeout', 'adviceTimeout'],
  [
    'an initialization timeout',
    { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: a Error: Task timed out after 3.00 seconds' },
    'INIT_REPORT Init Duration: 9999.00 ms\tPhase: init\tStatus: timeout\n',
    'init',
    'adviceInitTimeout',
  ],
  [
    'a process killed at its memory limit',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
    },
    report('Max Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError'),
    'outOfMemory',
    'adviceMemoryOf',
  ],
  [
    'a process killed below its memory limit',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
    },
    report('Max Memory Used: 60 MB'),
    'exit',
    'adviceExit',
  ],
  [
    'a process that exited with the code 0',
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${ID} Error: Runtime exited without providing a reason`,
    },
    report('Max Memory Used: 60 MB'),
    'exit',
    'adviceExitWithoutReason',
  ],
  [
    'a full JavaScript heap',
    { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: a Error: Runtime exited with error: signal: aborted' },
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n',
    'outOfMemory',
    'adviceMemory',
  ],
  ['Python out of memory', { errorType: 'MemoryError', errorMessage: '' }, '', 'outOfMemory', 'adviceMemory'],
  [
    'Java out of memory',
    { errorType: 'java.lang.OutOfMemoryError', errorMessage: 'Java heap space' },
    '',
    'outOfMemory',
    'adviceMemory',
  ],
  [
    'the platform’s error type for it',
    { errorType: 'Runtime.OutOfMemory' },
    report('x'),
    'outOfMemory',
    'adviceMemoryOf',
  ],
  ['a missing module', { errorType: 'Runtime.ImportModuleError', errorMessage: 'm' }, '', 'init', 'adviceImportModule'],
  ...(
    [
      ["Error: Cannot find module 'app'\nRequire stack:\n- /var/runtime/index.mjs", 'adviceHandlerModule'],
      [
        "Error: Cannot find module 'sharp'\nRequire stack:\n- /var/task/a.js\n- /var/runtime/index.mjs",
        'adviceMissingPackage',
      ],
      ["Error: Cannot find module './b'\nRequire stack:\n- /var/task/a.js", 'adviceMissingFile'],
      ["Unable to import module 'src/app': No module named 'src.app'", 'adviceHandlerModule'],
      ["Unable to import module 'src.app': No module named 'src'", 'adviceHandlerModule'],
      ["Unable to import module 'app': No module named 'requests'", 'adviceMissingPackage'],
      ["Unable to import module 'app': No module named 'requests.auth'", 'adviceMissingSubmodule'],
      ["Unable to import module 'src/app': No module named 'src.orders'", 'adviceMissingSubmodule'],
      ["Unable to import module 'app': No module named 'json.x'; 'json' is not a package", 'adviceMissingSubmodule'],
      ["Unable to import module 'app': cannot import name 'x' from 'y' (/var/task/y.py)", 'adviceImportName'],
      ["Unable to import module 'app': attempted relative import with no known parent package", 'adviceRelativeImport'],
      ["Unable to import module 'app': /var/task/x.so: invalid ELF header", 'adviceNativeModule'],
      [
        "Unable to import module 'app': /lib64/libc.so.6: version `GLIBC_2.28' not found (required by /var/task/x.so)",
        'adviceNativeModule',
      ],
      ["Unable to import module 'app': several reasons", 'adviceImportModule'],
    ] as const
  ).map(
    ([errorMessage, advice]) =>
      [
        `an import that fails: ${errorMessage}`,
        { errorType: 'Runtime.ImportModuleError', errorMessage },
        '',
        'init',
        advice,
      ] as const,
  ),
  ...(
    [
      ["Cannot find package '@aws/a' imported from /var/task/index.mjs", 'adviceMissingPackage'],
      ["Cannot find module '/var/task/b.mjs' imported from /var/task/index.mjs", 'adviceMissingFile'],
      ["Cannot find module 'c'\nRequire stack:\n- /var/task/index.js", 'adviceMissingPackage'],
      ["Cannot find package '@/orders' imported from /var/task/index.mjs", 'adviceMissingFile'],
      ["Cannot find module '../build/Release/bcrypt.node'\nRequire stack:\n- /var/task/index.js", 'adviceNativeModule'],
      ['Could not locate the bindings file. Tried:\n → /var/task/x.node', 'adviceNativeModule'],
      ['Could not load the "sharp" module using the linux-x64 runtime', 'adviceNativeModule'],
      ['libvips.so.42: cannot open shared object file: No such file or directory', 'adviceNativeModule'],
      ['require() of ES Module /var/task/b.mjs from /var/task/index.js not supported.', 'adviceRequireEsModule'],
    ] as const
  ).flatMap(
    ([errorMessage, advice]) =>
      [
        [
          `while loading: ${errorMessage}`,
          { errorType: 'Error', errorMessage },
          report('Status: error'),
          'init',
          advice,
        ],
        [`in the handler: ${errorMessage}`, { errorType: 'Error', errorMessage }, report(''), 'thrown', advice],
      ] as const,
  ),
  [
    'ES module syntax in CommonJS',
    {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: 'SyntaxError: Cannot use import statement outside a module',
    },
    '',
    'init',
    'adviceEsModuleSyntax',
  ],
  [
    'an export that isn’t a function',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
    '',
    'init',
    'adviceNotAFunction',
  ],
  ['a callback-based handler', { errorType: 'Runtime.CallbackHandlerDeprecated' }, '', 'init', 'adviceCallback'],
  ['a promise that never settles', { errorType: 'Runtime.NodeJsExit' }, '', 'thrown', 'adviceNeverSettled'],
  ['a missing handler', { errorType: 'Runtime.HandlerNotFound' }, '', 'init', 'adviceHandlerNotFound'],
  ['a malformed handler', { errorType: 'Runtime.MalformedHandlerName' }, '', 'init', 'adviceMalformedHandler'],
  ['a syntax error', { errorType: 'Runtime.UserCodeSyntaxError' }, '', 'init', 'adviceSyntax'],
  ['an invalid entry point', { errorType: 'Runtime.InvalidEntrypoint' }, '', 'init', 'adviceEntrypoint'],
  ['an extension that fails to start', { errorType: 'Extension.InitError' }, '', 'init', 'adviceExtension'],
  ['an extension that crashes', { errorType: 'Extension.Crash' }, '', 'exit', 'adviceExtension'],
  [
    'a process that exited',
    { errorType: 'Runtime.ExitError', errorMessage: 'exit status 1' },
    '',
    'exit',
    'adviceExit',
  ],
  [
    'an oversized response',
    { errorType: 'Function.ResponseSizeTooLarge' },
    '',
    'responseTooLarge',
    'adviceResponseSize',
  ],
  [
    'an unhandled promise rejection',
    { errorType: 'Runtime.UnhandledPromiseRejection' },
    '',
    'thrown',
    'adviceRejection',
  ],
  ['a type named like an object property', { errorType: 'constructor' }, '', 'thrown', undefined],
];

test.each(CASES)('%s', (_, payload, logText, kind, advice) => {
  const error = parseFunctionError(JSON.stringify(payload));
  const figures = parseReport(logText);
  const diagnosis = diagnose({ error, logText, ...(figures !== undefined && { report: figures }) });
  expect([diagnosis.kind, diagnosis.advice?.code]).toEqual([kind, advice]);
});

test.each([
  ["RequestId: 1 Error: dist doesn't exist yet. To build the function, run npm run build.", undefined],
  ['RequestId: 1 Error: spawn /project/bootstrap ENOEXEC', 'adviceEntrypoint'],
])('a local function that can’t start with “%s” has the advice %s', (errorMessage, advice) => {
  const error = parseFunctionError(JSON.stringify({ errorType: 'Runtime.InvalidEntrypoint', errorMessage }));
  expect(diagnose({ error, isLocal: true }).advice?.code).toBe(advice);
});

test('the report belongs to this invocation, even if the log quotes another', () => {
  const other = `REPORT RequestId: other\tDuration: 9.00 ms\n`;
  const LogResult = Buffer.from(`${report('Max Memory Used: 60 MB')}${other}`).toString('base64');
  const response = {
    StatusCode: 200,
    Payload: new Uint8Array(),
    connection: { kind: 'local' },
    LogResult,
    requestId: ID,
  } as const;
  expect(toOutcome(response, { clientMs: 1, notes: [] })).toMatchObject({ report: { requestId: ID, durationMs: 1 } });
});

test.each([
  ['3.00', 'aws', 'adviceTimeoutManagedOf'],
  ['900.00', 'aws', 'adviceTimeoutSynchronous'],
  ['3.00', 'local', 'adviceTimeoutOf'],
] as const)('a function on managed instances that times out after %s s on %s', (seconds, kind, code) => {
  const errorMessage = `RequestId: ${ID} Error: Task timed out after ${seconds} seconds`;
  const Payload = new TextEncoder().encode(JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }));
  const response = { StatusCode: 200, FunctionError: 'Unhandled', Payload, connection: { kind } };
  const outcome = toOutcome(response, { clientMs: 1, notes: [] }, { isManaged: true });
  expect(outcome).toMatchObject({ diagnosis: { kind: 'timeout', advice: { code, args: [seconds] } } });
});

test('a timeout on managed instances whose duration is unknown', () => {
  const { advice } = diagnose({ error: parseFunctionError('{"errorType":"Sandbox.Timedout"}'), isManaged: true });
  expect(advice?.code).toBe('adviceTimeoutManaged');
});
