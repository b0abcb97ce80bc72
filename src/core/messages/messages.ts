import { CONNECTION_SENTENCES } from './connectionSentences.ts';
import { EXCEPTION_SENTENCES } from './exceptionSentences.ts';
import { LOCAL_SENTENCES } from './localSentences.ts';
import { capText } from './capText.ts';

/**
 * Every sentence that core, app and aws can say, by code. English stands here once; the host and the form hand it to
 * their translator with the arguments, so the sentence itself is the key of a translation.
 */
export const SENTENCES = {
  ...EXCEPTION_SENTENCES,
  ...CONNECTION_SENTENCES,
  ...LOCAL_SENTENCES,

  // Fields
  functionNameMissing: 'Enter the name or ARN of a function.',
  functionNamePattern:
    'This is not a function name or ARN. Use a name (letters, digits, - and _), a partial ARN (123456789012:function:name) or a full ARN.',
  nameIsWebFunction:
    'This is a Web Function: it has an HTTPS endpoint and no Invoke. Call its endpoint, or enter another function.',
  nameIsLayer: 'This is a layer, which can’t be invoked. Enter the name or ARN of a function that uses it.',
  nameIsEventSource: 'This is an event source mapping, which can’t be invoked. Enter the name or ARN of its function.',
  nameIsCodeSigning:
    'This is a code signing configuration, which can’t be invoked. Enter the name or ARN of a function.',
  nameIsCapacityProvider: 'This is a capacity provider, which can’t be invoked. Enter the name or ARN of a function.',
  nameIsExecution: 'This is a durable execution, which is already started. Enter its function: {0}',
  nameIsFunctionUrl:
    'This is a function URL, which is called over HTTPS and not with Invoke. Enter the name or ARN of its function.',
  nameIsConsole: 'This is an address of the AWS console. Enter the function’s name: {0}',
  nameIsAddress: 'This is a web address. Enter the name or ARN of a function.',
  nameIsLogGroup: 'This is a log group. Enter the name of its function: {0}',
  nameInside: 'This is an address of API Gateway. Enter the function’s ARN in it: {0}',
  nameOfService: 'This ARN belongs to {0}, not to Lambda. Enter the name or ARN of a function.',
  functionNameTooLong: 'FunctionName is {0} characters; Lambda takes {1}.',
  bareNameTooLong: 'The function’s name is {0} characters; a name has at most {1}.',
  qualifierPattern:
    'Use a version number, an alias (letters, digits, - and _, not all digits), $LATEST or $LATEST.PUBLISHED.',
  qualifierTooLong: 'Qualifier is {0} characters; Lambda takes {1}.',
  qualifierContradicts:
    'The name already carries the qualifier “{0}”, and Qualifier says “{1}”. Remove one of them, or make them the same.',
  clientContextNotJson: 'ClientContext is not valid JSON: line {0}, column {1}.',
  clientContextNotObject: 'ClientContext must be a JSON object, such as {"custom":{"key":"value"}}.',
  clientContextTooLong: 'ClientContext is {0} bytes of base64; Lambda takes {1}.',
  tenantIdPattern: 'TenantId takes letters, digits, spaces and . _ : / = + - @ only, and is not blank.',
  tenantIdTooLong: 'TenantId is {0} characters; Lambda takes {1}.',
  durableNamePattern: 'DurableExecutionName takes letters, digits, - and _ only.',
  durableNameTooLong: 'DurableExecutionName is {0} characters; Lambda takes {1}.',
  durableNeedsQualifier:
    'A durable execution needs a qualified function: fill in Qualifier (a version, an alias or $LATEST).',
  payloadTooLarge: 'The payload is {0} bytes; Lambda takes {1} for {2}.',
  payloadNotJson: 'The payload is not valid JSON: line {0}, column {1}.',
  payloadUtf16:
    'The file is UTF-16. Lambda takes UTF-8: save the file as UTF-8 (in PowerShell: Out-File -Encoding utf8).',
  payloadNotUtf8: 'The file is not UTF-8 text. Lambda takes JSON as UTF-8: save the file as UTF-8.',
  payloadMissing: 'The file {0} could not be read: {1}. Choose another file, or put it back.',
  regionPattern: '“{0}” is not a region. A region looks like us-east-1.',
  typedPayloadGone:
    'The typed payload of that invocation is no longer in memory (typed text is not kept after the window is reloaded). Open the form and type it again.',

  // Why a field is not sent
  onlySynchronous: 'Not sent with {0}: Lambda takes it with RequestResponse only.',
  notInDryRun: 'Not sent with DryRun: nothing is executed.',
  notStreamed: 'Not sent with a streamed response: Lambda takes it with a whole one only.',

  // What is worth a look; it is sent all the same
  arnRegionCounts: 'The name is in {0}: the request goes there, not to {1}.',
  arnRegionPartition: 'The partition “{0}” has no region {1}. Lambda will not find the function.',
  tenantIdSpaces: 'TenantId begins or ends with a space. It is sent as it is.',
  clientContextKeys:
    'Some runtimes (Python, Java, .NET) read only “client”, “custom” and “env” of the client context: “{0}” would not reach the function there.',
  payloadKeyTwice:
    'The key “{0}” stands twice in one object (line {1}, column {2}). It is sent as it is; most runtimes take the last one.',
  payloadTooPrecise:
    'The number {0} (line {1}, column {2}) is sent digit by digit; Node.js functions will read another number.',

  // What happened
  bomDropped: 'The file’s UTF-8 byte order mark (3 bytes) is not sent: Lambda does not accept it.',
  payloadNotSaved:
    '{0} has unsaved changes and could not be saved. Save it, or set lambdaInvoke.saveBeforeInvoke to never.',
  emptyPayload: 'The file is empty: no payload was sent.',
  unsavedNotSent: 'The file has unsaved changes; the saved bytes were sent.',
  alreadyRunning: 'This invocation is already running. One click is one invocation.',
  notConfirmed: 'Not invoked: the question was answered with no. Nothing was sent.',
  cancelledBeforeSending: 'Stopped before anything was sent. The function was not invoked.',
  stoppedWaiting:
    'Stopped waiting. The request had been sent: the function goes on running, and its log is in CloudWatch Logs.',
  leftRunning:
    '{0} was running when the window was closed or reloaded, and its answer was lost. It may have run to its end or still be running: look at its log before you invoke again.',
  cancelledBeforeResend:
    'Stopped before the request was sent again. The attempts before it were refused, and the function was not run.',
  tailRefused:
    'Lambda gives no log tail for this kind of function and had refused the request: it was sent once more with LogType None.',
  attemptRefused: 'Attempt {0}: {1}',
  streamPartly: 'What had arrived of the response is shown below; it is not the whole.',
  streamNotHeld:
    'More than {0} bytes have come and only the first of them are held: the response can no longer be saved whole. Choose Stream to File… before you invoke.',
  streamPartHeld: 'Only the first {0} of {1} bytes are held. Choose Stream to File… before you invoke to get them all.',
  streamFileFailed: 'The response could not be written to {0}: {1}. What is held of it can still be saved.',
  stoppedWaitingLocal: 'Stopped waiting. The request had been sent: the function goes on until it ends or times out.',
  invalid: 'Nothing was sent: {0}',

  // Outcomes in a line
  summarySucceeded: 'succeeded ({0}) in {1}',
  summaryAccepted: 'accepted ({0}) in {1}',
  summaryDryRun: 'dry run passed ({0}) in {1}',
  summaryFunctionError: 'function error ({0} {1}) in {2}',

  // Failures: what happened, and what to do
  regionMissing:
    'No region is known for this connection. Choose one with Select Region…, or add “region” to the profile.',
  profileUnknown:
    'The profile “{0}” is not in the AWS config or credentials file. Choose another with Select Profile….',
  configBroken: 'The AWS config files could not be read: {0}. Correct the file and invoke again.',
  credentialsMissing:
    'No credentials were found for {0}: {1}. Nothing was sent. Choose another profile, or add credentials to it.',
  credentialsExpired: 'The credentials of {0} have expired: {1}. Nothing was sent. Renew them, then invoke again.',
  credentialsRefused:
    'AWS did not accept the credentials of {0} ({1}). Check the keys, the session token and this machine’s clock.',
  functionNotFound: 'Lambda found no such function: {0}. Check the name, the region and the account.',
  accessDenied:
    'These credentials may not invoke the function. Give them lambda:InvokeFunction on it (an identity policy, or the function’s resource policy).',
  accessDeniedFor:
    '{0} may not do {1} on {2}. Allow that action on that resource: in an identity policy, or in the function’s resource policy.',
  throttledUnknown:
    'Throttled ({0}): Lambda takes no more requests for now. The function was not run; wait and invoke again.',
  requestRefused: 'Lambda refused the request ({0}). Correct what AWS names, then invoke again.',
  notNow: 'Lambda could not take the request now ({0}). Wait until the function is ready, then invoke again.',
  redirected:
    '{0} answered with a redirect to {1}, which is not followed. The function was probably not invoked: correct the endpoint of the connection.',
  dryRunLate: '{0} did not answer within {1} s. Nothing was run: check the network and the endpoint, then try again.',
  answerStatus:
    '{0} answered with status {1}, which Lambda never sends. The function may have run: check the endpoint and the proxy, and look at its log before you invoke again.',
  answerEncoded:
    '{0} answered in the encoding “{1}”, which can’t be decoded here. The function may have run: check the proxy, and look at its log before you invoke again.',
  notLambda:
    '{0} answered with a web page ({1}), which Lambda never does: a proxy, a sign-in page or another server stands there. Check the network and the endpoint; the function was probably not invoked.',
  notStreaming:
    '{0} answered whole ({1}), not as a stream. The function may have run; choose “Whole” as the response, or an endpoint that streams.',
  streamFileSlow: 'The file {0} could not be written in time and may be incomplete.',
  streamErrorRaw: 'The error as it came: {0}',
  saveRunning: 'The response is already written to a file.',
  answerTooLarge:
    'The answer of {0} is larger than {1} bytes, more than Lambda ever sends, and was not read further. The function may have run: check the endpoint, or stream the response.',
  endpointTooMuch:
    'The endpoint {0} ({1}) has a user name, a password, a query or a fragment. Enter only the server, such as http://host:4566.',
  endpointInvalid: '“{0}” ({1}) is not an address. An endpoint begins with http:// or https:// and names a host.',
  serviceFailed:
    'Lambda answered with an error of its own ({0}). The function may or may not have run: look at its log before you invoke again.',
  unreachable: 'No connection to {0} ({1}). Nothing was sent. Check the network, the region and the endpoint.',
  connectionLost:
    'The connection to {0} was lost before the whole answer arrived ({1}). The function may still be running: look at its log before you invoke again.',
  connectionLostId:
    'The connection to {0} was lost before the whole answer arrived ({1}). The function may still be running: look for request {2} in its log before you invoke again.',
  answerUnreadable:
    'The answer of {0} could not be read ({1}). The function may have run: look at its log before you invoke again.',
  localNeedsFolder:
    'Local functions live in a workspace folder, and none is open. Open a folder first, then make the function.',
  localNeedsTrust: 'Local functions run code of this workspace. Trust the workspace first, then invoke again.',
  localNotStarted: 'The local endpoint did not start: {0}',
  unexpected: 'Something unexpected happened: {0}',

  // What to change where a function failed
  adviceTimeout:
    'It ran into its timeout. Raise the function’s Timeout, or find what it waits for: a call without an answer, a VPC without a way out.',
  adviceTimeoutOf:
    'It ran into its timeout of {0} s. Raise the function’s Timeout, or find what it waits for: a call without an answer, a VPC without a way out.',
  adviceInitTimeout:
    'It did not finish loading in the time Lambda gives for it. Load less outside the handler, raise the memory size (it brings CPU), or use provisioned concurrency.',
  adviceMemory: 'It needed more memory than it has. Raise the function’s MemorySize, or hold less at a time.',
  adviceMemoryOf: 'It needed more memory than its {0} MB. Raise the function’s MemorySize, or hold less at a time.',
  adviceImportModule:
    'A module was not found. Check the path in the function’s Handler, and that the package has the module and all it imports.',
  adviceHandlerNotFound:
    'The handler’s module has no such export. Check the name behind the dot in the function’s Handler.',
  adviceMalformedHandler: 'The function’s Handler is not of the form path/file.export. Correct it.',
  adviceSyntax: 'The code could not be read. Check its syntax, and whether it is an ES module or CommonJS.',
  adviceEntrypoint:
    'The function’s program could not be started. Check that the bootstrap or entry point is in the package, executable, and built for the function’s architecture.',
  adviceExtension: 'One of the function’s extensions failed. Check its layer and version, or remove it.',
  adviceExit:
    'The process ended before it had answered. Look for process.exit, os._exit or a crash in native code in its log.',
  adviceRejection: 'A promise was rejected and nobody caught it. Await it, or catch its error.',
  adviceResponseSize: 'Lambda takes 6,291,556 bytes. Answer with less, put the rest into S3, or stream the response.',

  // Import
  importIgnored: '{0} was left out: it is no field of Invoke.',
  importNotRead: '{0} {1} was not read. Put its text in.',
  importEndpointTooMuch:
    'The endpoint’s user name, password, query, and fragment were left out. Lambda’s API doesn’t use them.',
  importEndpoint: 'The endpoint was left out: it isn’t an address that begins with http:// or https://.',
  importAmbiguous: '{0} is ambiguous and was left out. It could be {1}.',
  importNoValue: '{0} has no value and was left out.',
  importWord: '“{0}” was left out: it belongs to no option.',
  importPrefix: '“{0}” in front of the command was left out.',
  importVariable: 'The variable {0} was left out: the extension uses those of VS Code.',
  importKeys: 'Access keys aren’t imported. Add them to a profile and select it.',
  importCredentials: 'The credentials of “{0}” can’t be imported. Select a profile that has them.',
  importAccount: '“{0}” is an account of {1} and was taken as the profile. Check that the profile has this name.',
  importPayload: 'The payload wasn’t read from {0}. Paste it into the form.',
  importFirstOnly: 'Only the first “aws lambda invoke” was taken.',
  exportTooLong:
    'The payload is {0} bytes: too long for a command line. Save it as a file, choose the file in the form, and copy again.',
  dropKept: 'The typed payload was kept. Clear it, then drop the file again.',
  dropOne: 'Drop one file: a payload is one document.',
  importExpansion: '{0} stands as it is written: no shell has replaced it.',
  importChoice: '{0} “{1}” is not one of {2}; the usual one was taken.',
  importApi: 'This configuration calls an API: its payload is not what the function would get from API Gateway.',
  importEnvironment: 'Environment variables were left out: Invoke does not carry any.',
  importNoLaunch:
    'No launch.json of this workspace has a configuration of type “aws-sam” with the request “direct-invoke”.',
  importNothing:
    'There is no “aws lambda invoke …” command and no --cli-input-json text in the clipboard. Copy one, then import it.',

  // Variables
  variableUnknown:
    '{0} is not a variable. There are ${env:NAME}, ${workspaceFolder}, ${input:NAME}, ${uuid}, ${now} and ${now:FORMAT}; write $${ for text that is meant to stay.',
  variableNeedsName: 'Write {0}: a name belongs behind the colon.',
  variableFormat:
    '“{0}” is not a format of ${now}. There are iso, date, epoch, epochMs, and patterns such as YYYY-MM-DDTHH:mm:ss.SSSZ (UTC).',
  variableSecret: '{0} holds credentials. These do not go into a request.',
  variablesNeedTrust:
    'Variables in a payload file of this workspace count once the workspace is trusted. Trust it first, then run the preset; nothing was sent.',
  variableIn: '{0}: {1}',
  envMissing:
    'The environment variable {0} is not set where VS Code runs. Set it and restart VS Code, or change the preset.',
  folderMissing: '${workspaceFolder} needs an open folder. Open one, or write the whole path.',
  payloadFileRelative: '“{0}” is relative to a workspace folder, and none is open. Write the whole path.',

  // Presets
  presetIncomplete: 'The preset is not complete: {0}',
  presetUnknownKey: '“{0}” is not a key of {1}. It is kept, and not sent.',
  presetNearKey: '“{0}” is not a key of {2}. Did you mean {1}? It is kept, and not sent.',
  presetSameName: 'Another preset of this file has the name “{0}”. By name, the first one is run.',
  presetsReadOnly: '{0} is read-only. Make it writable and try again; nothing was changed.',
  presetsBusy: '{0} is being changed by another window. Try again; nothing was changed.',
  presetKeyTwice: 'The key “{0}” stands twice in this preset. The last one counts; remove the other.',
  presetThere: 'A preset “{0}” is in {1} again. Nothing was changed.',
  presetGone: 'The preset “{0}” is no longer in {1}. Nothing was changed.',
  presetNeedsTrust:
    'The preset “{0}” belongs to this workspace, which is not trusted yet. Trust the workspace first, then run it; nothing was sent.',
  presetsBroken: '{0} is not valid JSON: line {1}, column {2}. Correct it; it was not changed.',
  presetsUtf16: '{0} is UTF-16. Save it as UTF-8 (in VS Code: Save with Encoding); it was not changed.',
  fileUtf16: '{0} is UTF-16. Save it as UTF-8 (in VS Code: Save with Encoding), then try again.',
  fileNotUtf8: '{0} is not UTF-8 text. Save it as UTF-8, then try again.',
  presetsNotUtf8: '{0} is not UTF-8 text. Save it as UTF-8; it was not changed.',
  presetsUnreadable: '{0} could not be read: {1}. It was not changed.',
  presetsUnwritable: '{0} could not be written: {1}. Nothing was changed.',
  presetsNotWritten: '{0} could not be changed in its editor. Save the file and try again.',
  presetsNotObject:
    '{0} must hold an object: { "presets": [ … ], "localFunctions": { … } }, either of which may be missing. Correct it; it was not changed.',
  presetsTwice:
    '{0} has the key “{1}” twice, the second at line {2}, column {3}. Remove one; the file was not changed.',
  presetsTooLarge: '{0} has more than {1} values. Move large payloads to separate files.',
  presetInvalid: 'The preset at line {0} of {1} is not complete: {2}',
  presetUnknown: 'There is no preset named “{0}”. There are: {1}.',
  payloadUnsaved: 'The payload is an editor that was never saved. Save it as a file first, then save the preset.',
  presetNeedsName: 'it needs a "name"',
  presetNeedsFunction: 'it needs a "FunctionName"',
  presetFieldType: '"{0}" must be {1}',
  presetTwoPayloads: 'it has both "Payload" and "payloadFile"; keep one',
} as const;

export type MessageCode = keyof typeof SENTENCES;

/** A sentence as plain data: its code and what it speaks of. */
export interface Message {
  readonly code: MessageCode;
  readonly args: readonly (string | number)[];
}

/** What is quoted in a message is cut at MAX_FOREIGN_TEXT characters: a server or a file may have written it. */
export function message(code: MessageCode, ...args: readonly (string | number)[]): Message {
  return { code, args: args.map((arg) => (typeof arg === 'string' ? capText(arg) : arg)) };
}

/** Puts `{0}`, `{1}` … into a template, as `vscode.l10n.t` does. */
export function fillIn(template: string, args: readonly (string | number)[]): string {
  return template.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

export type Translate = (template: string, ...args: (string | number)[]) => string;

const english: Translate = (template, ...args) => fillIn(template, args);

const digits = new Intl.NumberFormat('en-US');

/** The sentence of a message, translated where a translation is at hand. Numbers are grouped: 6,291,456. */
export function toSentence({ code, args }: Message, translate: Translate = english): string {
  return translate(SENTENCES[code], ...args.map((arg) => (typeof arg === 'number' ? digits.format(arg) : arg)));
}
