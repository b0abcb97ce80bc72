import { ADVICE_SENTENCES } from './adviceSentences.ts';
import { COMMAND_LINE_SENTENCES } from './commandLineSentences.ts';
import { CONNECTION_SENTENCES } from './connectionSentences.ts';
import { DURABLE_SENTENCES } from './durableSentences.ts';
import { EXCEPTION_SENTENCES } from './exceptionSentences.ts';
import { FOLLOW_SENTENCES } from './followSentences.ts';
import { LOCAL_SENTENCES } from './localSentences.ts';
import { STATE_SENTENCES } from './stateSentences.ts';
import { TEST_SENTENCES } from './testSentences.ts';
import { WHOLE_LOG_SENTENCES } from './wholeLogSentences.ts';
import { capText } from './capText.ts';

/**
 * Every message of core, app, aws and local, by code. The English text is also the key of its translation. A message says
 * what happened and what to do, in at most two sentences.
 */
export const SENTENCES = {
  ...EXCEPTION_SENTENCES,
  ...CONNECTION_SENTENCES,
  ...LOCAL_SENTENCES,
  ...DURABLE_SENTENCES,
  ...ADVICE_SENTENCES,
  ...STATE_SENTENCES,
  ...TEST_SENTENCES,
  ...COMMAND_LINE_SENTENCES,
  ...WHOLE_LOG_SENTENCES,
  ...FOLLOW_SENTENCES,
  ignoredPathInvalid: 'Invalid path: {0}. Use a path such as id, items[].createdAt, or ["a.b"].',

  // Fields
  functionNameMissing: 'Enter a function name or ARN.',
  functionNamePattern:
    'Invalid function name or ARN. Use a name (letters, digits, hyphens, and underscores), a partial ARN (123456789012:function:name), or a full ARN.',
  nameIsWebFunction:
    "This is a Web Function, which can't be invoked. Call its HTTPS endpoint, or enter another function.",
  nameIsLayer: "This is a layer, which can't be invoked. Enter the name or ARN of a function that uses it.",
  nameIsEventSource: "This is an event source mapping, which can't be invoked. Enter the name or ARN of its function.",
  nameIsCodeSigning: "This is a code signing configuration, which can't be invoked. Enter a function name or ARN.",
  nameIsCapacityProvider: "This is a capacity provider, which can't be invoked. Enter a function name or ARN.",
  nameIsExecution: 'This is a durable execution that has already started. Enter its function: {0}',
  nameIsFunctionUrl: 'This is a function URL, which is called over HTTPS. Enter the name or ARN of its function.',
  nameIsConsole: 'This is an AWS console URL. Enter the function name: {0}',
  nameIsAddress: 'This is a URL. Enter a function name or ARN.',
  nameIsLogGroup: 'This is a log group. Enter the function name: {0}',
  nameInside: 'This is an API Gateway URI. Enter the function ARN: {0}',
  nameOfService: 'This ARN belongs to {0}, not Lambda. Enter a function name or ARN.',
  functionNameTooLong: 'FunctionName has {0} characters. The maximum is {1}.',
  bareNameTooLong: 'The function name has {0} characters. The maximum is {1}.',
  qualifierPattern:
    'Invalid qualifier. Use a version number, an alias (letters, digits, hyphens, and underscores), $LATEST, or $LATEST.PUBLISHED.',
  qualifierTooLong: 'Qualifier has {0} characters. The maximum is {1}.',
  qualifierContradicts:
    'The function name has the qualifier "{0}", but Qualifier is "{1}". Remove one of them, or use the same value.',
  clientContextNotJson: "ClientContext isn't valid JSON (line {0}, column {1}).",
  clientContextNotObject: 'ClientContext must be a JSON object, such as {"custom":{"key":"value"}}.',
  clientContextTooLong: 'ClientContext has {0} bytes of base64. The maximum is {1}.',
  tenantIdPattern: "TenantId can contain only letters, digits, spaces, and . _ : / = + - @ and can't be blank.",
  tenantIdTooLong: 'TenantId has {0} characters. The maximum is {1}.',
  durableNamePattern: 'DurableExecutionName can contain only letters, digits, hyphens, and underscores.',
  durableNameTooLong: 'DurableExecutionName has {0} characters. The maximum is {1}.',
  durableNeedsQualifier: 'Durable executions require a qualifier. Enter a version, an alias, or $LATEST.',
  payloadTooLarge: 'The payload has {0} bytes. The maximum for {2} is {1}.',
  payloadNotJson: "The payload isn't valid JSON (line {0}, column {1}).",
  payloadUtf16: 'The file is UTF-16. Save it as UTF-8 (in PowerShell: Out-File -Encoding utf8).',
  payloadNotUtf8: "The file isn't UTF-8 text. Save it as UTF-8.",
  payloadMissing: "Can't read {0}: {1}. Restore the file or choose another one.",
  regionPattern: '"{0}" isn\'t a region. Enter a region such as us-east-1.',
  environmentGone:
    'Not invoked: the preset "{0}" no longer has the environment variables of this invocation. Add them to the preset, then repeat the invocation.',
  typedPayloadGone: 'The inline payload of that invocation is no longer in memory. Open the form and enter it again.',

  // Why a field is not sent
  onlySynchronous: 'Not sent with {0}. Lambda supports it only with RequestResponse.',
  notInDryRun: "Not sent with DryRun, because the function doesn't run.",
  notStreamed: 'Not sent with a streaming response. Lambda supports it only with a buffered response.',

  // Warnings, which don't prevent sending
  arnRegionCounts: 'The request is sent to {0}, the region of the ARN, instead of {1}.',
  arnRegionPartition: 'The partition "{0}" has no region {1}. Lambda won\'t find the function.',
  tenantIdSpaces: "TenantId begins or ends with a space. It's sent unchanged.",
  clientContextKeys:
    'Some runtimes (Python, Java, .NET) read only "client", "custom", and "env" from the client context. They ignore "{0}".',
  payloadKeyTwice: 'Duplicate key "{0}" (line {1}, column {2}). Most runtimes use the last value.',
  payloadTooPrecise: "The number {0} (line {1}, column {2}) is sent unchanged. Node.js can't represent it exactly.",

  // What happened
  bomDropped: "The UTF-8 byte order mark (3 bytes) isn't sent, because Lambda rejects it.",
  payloadNotSaved: "Can't save {0}. Save it manually, or set lambdaInvoke.saveBeforeInvoke to never.",
  emptyPayload: 'The file is empty. No payload was sent.',
  bodiesDropped: 'The response and the sent payload are no longer in memory. Newer results have replaced them.',
  bodiesInMemory:
    'Payloads, responses, and logs were only in memory. To keep them, set lambdaInvoke.history.keepBodies to workspace.',
  bodiesNotStored: 'The payload, response, and log are no longer stored. Invoke again to get them.',
  bodiesTooLarge: "The payload and response exceed {0} bytes and weren't stored. Invoke again to get them.",
  reasonNotStored: "The reason wasn't stored. Invoke again to see it.",
  unsavedNotSent: 'The file has unsaved changes. The saved version was sent.',
  alreadyRunning: 'This invocation is already running.',
  notConfirmed: 'Canceled. Nothing was sent.',
  cancelledBeforeSending: "Stopped before sending. The function wasn't invoked.",
  stoppedWaiting:
    'Stopped waiting. The function keeps running until it finishes or times out, and its log is in CloudWatch Logs.',
  leftRunning:
    '{0} was running when the window closed, and its response was lost. Check its log before invoking again.',
  cancelledBeforeResend: "Stopped before retrying. The function didn't run.",
  tailRefused:
    "Lambda doesn't support a log tail for this function and rejected the request. It was sent again with LogType None.",
  attemptRefused: 'Attempt {0}: {1}',
  streamPartly: 'The response is incomplete. The part that was received is shown below.',
  streamNotHeld:
    'The response exceeds {0} bytes and can no longer be saved completely. Use Save Stream to File… before invoking.',
  streamPartHeld:
    'Only the first {0} of {1} bytes are available. Use Save Stream to File… before invoking to save the entire response.',
  streamFileFailed: "Can't write the response to {0}: {1}. You can still save the part in memory.",
  stoppedWaitingLocal: 'Stopped waiting. The function keeps running until it finishes or times out.',
  invalid: 'Nothing was sent. {0}',

  // One-line summaries
  summarySucceeded: 'succeeded ({0}) in {1}',
  summaryAccepted: 'queued ({0}) in {1}',
  summaryDryRun: 'permission granted ({0}) in {1}',
  summaryFunctionError: 'function error ({0} {1}) in {2}',

  // Failures
  regionMissing: 'No region is set for this connection. Use Select Region…, or add region to the profile.',
  profileUnknown:
    'Profile "{0}" isn\'t in the AWS config or credentials file. Use Select Profile… to choose another one.',
  credentialsMissing:
    'No credentials found for {0} ({1}), and nothing was sent. Add credentials or select another profile.',
  credentialsExpired: 'The credentials of {0} have expired ({1}), and nothing was sent. Renew them, then invoke again.',
  credentialsRefused:
    "AWS rejected the credentials of {0} ({1}). Check the keys, the session token, and this machine's clock.",
  functionNotFound: "Lambda can't find the function. Check the name, region, and account.",
  functionNotFoundNear: 'Lambda can\'t find the function "{0}". Did you mean {1}?',
  functionNotFoundNearSeveral: 'Lambda can\'t find the function "{0}". Did you mean one of these: {1}?',
  accessDenied:
    "These credentials can't invoke the function. Allow lambda:InvokeFunction in an identity policy or in the function's resource policy.",
  accessDeniedFor:
    "{0} isn't allowed to perform {1} on {2}. Allow the action in an identity policy or in the function's resource policy.",
  throttledUnknown: "Throttled ({0}), so the function didn't run. Wait, then invoke again.",
  requestRefused: 'Lambda rejected the request ({0}). Correct the request, then invoke again.',
  notNow: "Lambda can't accept the request now ({0}). Wait until the function is ready, then invoke again.",
  redirected: "{0} redirects to {1}, so the function probably wasn't invoked. Correct the endpoint of the connection.",
  dryRunLate: "{0} didn't respond within {1} s, and nothing ran. Check the network and the endpoint, then try again.",
  answerStatus:
    '{0} returned the unexpected status {1}, and the function might have run. Check the endpoint, the proxy, and the log before invoking again.',
  answerEncoded:
    '{0} returned a response in the unsupported encoding "{1}", and the function might have run. Check the proxy and the log before invoking again.',
  notLambda:
    "{0} returned a web page ({1}), so the function probably wasn't invoked. Check the network, the proxy, and the endpoint.",
  notStreaming:
    '{0} returned a buffered response ({1}), and the function might have run. Set Response mode to Buffered, or use an endpoint that supports streaming.',
  streamFileSlow: 'Writing to {0} timed out. The file might be incomplete.',
  streamErrorRaw: 'Original error: {0}',
  comparedGone: 'An invocation of this comparison is no longer in the history. Compare other invocations.',
  responseNotKept: 'The response is no longer in memory. Invoke again to get it.',
  saveRunning: 'The response is already being saved to a file.',
  answerTooLarge:
    'The response from {0} exceeds {1} bytes, and the function might have run. Check the endpoint, or set Response mode to Streaming.',
  endpointTooMuch:
    'The endpoint {0} ({1}) has a user name, password, query, or fragment. Enter only the server, such as http://host:4566.',
  endpointInvalid: '"{0}" ({1}) isn\'t a valid endpoint. Enter a URL that begins with http:// or https://.',
  serviceFailed:
    'Lambda returned an internal error ({0}), and the function might have run. Check its log before invoking again.',
  unreachable: "Can't connect to {0} ({1}), and nothing was sent. Check the network, region, and endpoint.",
  connectionLost:
    'Lost the connection to {0} ({1}), and the function might still be running. Check its log before invoking again.',
  connectionLostId:
    'Lost the connection to {0} ({1}), and the function might still be running. Search its log for request {2} before invoking again.',
  answerUnreadable:
    "Can't read the response from {0} ({1}), and the function might have run. Check its log before invoking again.",
  localNeedsFolder: 'Local functions require a workspace folder. Open a folder first.',
  localNeedsTrust: 'Trust this workspace to run local functions.',
  localNotStarted:
    "The local endpoint didn't start: {0}. Check whether security software blocks programs from listening on 127.0.0.1.",
  localStopped: 'The local endpoint was stopped. Try again.',
  unexpected: 'Unexpected error: {0}',

  // Import
  importIgnored: "{0} was ignored, because Invoke doesn't support it.",
  importNotRead: "{0} {1} wasn't read. Paste its content instead.",
  importEndpointTooMuch:
    "The endpoint's user name, password, query, and fragment were removed. Lambda doesn't use them.",
  importEndpoint: "The endpoint was ignored, because it doesn't begin with http:// or https://.",
  importAmbiguous: '{0} is ambiguous and was ignored. It could be {1}.',
  importNoValue: '{0} has no value and was ignored.',
  importWord: '"{0}" was ignored, because it doesn\'t belong to an option.',
  importPrefix: '"{0}" before the command was ignored.',
  importVariable: 'The variable {0} was ignored. The extension uses the environment of VS Code.',
  importKeys: "Access keys aren't imported. Add them to a profile and select it.",
  importCredentials: 'The credentials of "{0}" can\'t be imported. Select a profile that provides them.',
  importAccount:
    '"{0}" is an account of {1} and was imported as the profile. Check that a profile with this name exists.',
  importPayload: "The payload wasn't read from {0}. Paste it into the form.",
  importFirstOnly: 'Only the first "aws lambda invoke" command was imported.',
  exportTooLong: 'The payload has {0} bytes, which is too long for a command line. Use a payload file instead.',
  dropKept: "The inline payload wasn't replaced. Clear it, then drop the file again.",
  dropOne: 'Drop a single file.',
  importExpansion: "{0} wasn't expanded and was imported as text.",
  importChoice: '{0} "{1}" isn\'t one of {2}. The default was used.',
  importApi: 'This configuration calls an API. API Gateway sends a different payload to the function.',
  importEnvironment: "Environment variables were ignored, because Invoke doesn't support them.",
  importNoLaunch: 'No launch.json in this workspace has an "aws-sam" configuration with the request "direct-invoke".',
  importNothing:
    'The clipboard doesn\'t contain an "aws lambda invoke" command or JSON for --cli-input-json. Copy one of them, then try again.',

  // Variables
  variableUnknown:
    'Unknown variable {0}. Use ${env:NAME}, ${workspaceFolder}, ${input:NAME}, ${case:KEY}, ${uuid}, ${now}, or ${now:FORMAT}, or $${ for literal text.',
  variableNeedsName: 'Missing name after the colon. Use {0}.',
  variableFormat:
    '"{0}" isn\'t a format of ${now}. Use iso, date, epoch, epochMs, or a pattern such as YYYY-MM-DDTHH:mm:ss.SSSZ (UTC).',
  variableSecret: "{0} contains credentials and can't be sent.",
  variablesNeedTrust: 'Trust this workspace to use variables in its payload files. Nothing was sent.',
  variableIn: '{0}: {1}',
  envMissing: "The environment variable {0} isn't set in VS Code. Set it and restart VS Code, or change the preset.",
  folderMissing: '${workspaceFolder} requires an open folder. Open a folder or use an absolute path.',
  payloadFileRelative:
    '"{0}" is relative to a workspace folder, but none is open. Open a folder or use an absolute path.',

  // Presets
  presetIncomplete: 'Incomplete preset. {0}',
  presetUnknownKey: 'Unknown key "{0}". It\'s ignored.',
  presetNearKey: 'Unknown key "{0}". Did you mean {1}?',
  presetSameName: 'Duplicate preset name "{0}". The first preset with this name runs.',
  presetsReadOnly: "{0} is read-only and wasn't changed. Make it writable, then try again.",
  presetsBusy: "{0} wasn't changed, because another window is changing it. Try again.",
  presetKeyTwice: 'Duplicate key "{0}". The last value is used.',
  presetThere: '{1} already has a preset named "{0}". Nothing was changed.',
  presetGoneSaveAs: 'The preset "{0}" is no longer in {1}. Save it as a new preset.',
  presetGone: 'The preset "{0}" is no longer in {1}. Nothing was changed.',
  presetNeedsTrust: 'Trust this workspace to run the preset "{0}". Nothing was sent.',
  presetsBroken: "{0} isn't valid JSON (line {1}, column {2}) and wasn't changed. Correct the file, then try again.",
  presetsUtf16: "{0} is UTF-16 and wasn't changed. Use Save with Encoding to save it as UTF-8.",
  fileUtf16: '{0} is UTF-16. Use Save with Encoding to save it as UTF-8, then try again.',
  fileNotUtf8: "{0} isn't UTF-8 text. Save it as UTF-8, then try again.",
  presetsNotUtf8: "{0} isn't UTF-8 text and wasn't changed. Save it as UTF-8.",
  presetsUnreadable: "Can't read {0}: {1}. The file wasn't changed.",
  presetsUnwritable: "Can't write {0}: {1}. Nothing was changed.",
  presetsNotWritten: "Can't change {0} in its editor. Save the file, then try again.",
  presetsNotObject: "{0} doesn't contain a JSON object and wasn't changed. Correct the file, then try again.",
  presetsTwice: '{0} has a duplicate key "{1}" (line {2}, column {3}) and wasn\'t changed. Remove one of the keys.',
  presetsTooLarge: '{0} has more than {1} values. Move large payloads to separate files.',
  presetInvalid: 'Incomplete preset at line {0} of {1}. {2}',
  presetUnknown: 'No preset is named "{0}". Available presets: {1}.',
  payloadUnsaved: 'The payload editor is unsaved. Save it as a file, then save the preset.',
  presetNeedsName: 'Add a "name".',
  presetNeedsFunction: 'Add a "FunctionName".',
  presetNotText: '"{0}" must be a string.',
  presetNotChoice: '"{0}" must be one of {1}.',
  presetNotBoolean: '"{0}" must be true or false.',
  presetEndpoint: '"endpoint" must be "local" or a URL that begins with http:// or https://.',
  presetEnvironment: '"environment" must be an object of environment variables, such as {"TABLE_NAME":"orders"}.',
  presetClientContext: '"ClientContext" must be a JSON object or its base64 encoding.',
  presetTwoPayloads: 'Use either "Payload" or "payloadFile", not both.',
} as const;

export type MessageCode = keyof typeof SENTENCES;

/** Whether an exception name or a throttling Reason has its own message. */
export function isKnownException(name: string): name is keyof typeof EXCEPTION_SENTENCES {
  return Object.hasOwn(EXCEPTION_SENTENCES, name);
}

/** A message as plain data: its code and arguments. */
export interface Message {
  readonly code: MessageCode;
  readonly args: readonly (string | number)[];
}

/** Creates a message. Arguments are capped, because they can come from a server or a file. */
export function message(code: MessageCode, ...args: readonly (string | number)[]): Message {
  return { code, args: args.map((arg) => (typeof arg === 'string' ? capText(arg) : arg)) };
}

/** Replaces `{0}`, `{1}` … in a template, as `vscode.l10n.t` does. */
export function fillIn(template: string, args: readonly (string | number)[]): string {
  return template.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

export type Translate = (template: string, ...args: (string | number)[]) => string;

const english: Translate = (template, ...args) => fillIn(template, args);

let numberFormat: Intl.NumberFormat | undefined;

function formatNumber(number: number): string {
  numberFormat ??= new Intl.NumberFormat('en-US'); // the first one of a process takes longer than the rest of this file
  return numberFormat.format(number);
}

/** Returns the text of a message, translated if possible. Numbers are grouped: 6,291,456. */
export function toSentence({ code, args }: Message, translate: Translate = english): string {
  return translate(SENTENCES[code], ...args.map((arg) => (typeof arg === 'number' ? formatNumber(arg) : arg)));
}
