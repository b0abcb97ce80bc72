/** What is said of functions that run, or cannot run, on this machine. */
export const LOCAL_SENTENCES = {
  templateBroken: '{0}, line {1}, column {2}: {3} Its functions are not listed until this is mended.',
  templateAliases:
    '{0} has an alias that names itself, or too many of them. Its functions are not listed until this is mended.',
  templateCircle:
    '{0}: Conditions refer to each other in a circle ({1}). Remove one of these references to list the functions of this file.',
  templateTooDeep: '{0} has values that nest or refer deeper than {1} levels. Flatten it to list its functions.',
  templateTooMuchWork: '{0} has too many values or references to read. Split it to list its functions.',
  templateTooMuchText:
    '{0} expands to too much text. Shorten its Fn::Sub, Fn::Join or ${…} values to list its functions.',
  templateUnexpected: '{0} can’t be read: {1}. Its functions aren’t listed.',
  tooManyTemplates: 'Only the first {0} templates of {1} are read. Move the others out of the workspace folder.',
  fileNotRegular: '{0} isn’t a regular file. Replace it with one, or remove it.',
  fileTooLarge: '{0} is larger than {1} MB and isn’t read. Make it smaller, or move it out of the workspace folder.',
  fileUnreadable: '{0} can’t be read ({1}). Check its permissions.',
  codeFolderMissing: 'There is no folder {0}: the code of {1} is looked for there.',
  serverlessFilesNotRead: '{0} takes functions from other files with ${file(…)}: those are not read.',
  runtimeUnknown: 'The template does not tell its Runtime.',
  runtimeNotHere: 'The runtime {0} does not run here: Node.js, Python 3 and provided runtimes do.',
  imageNotHere: 'It is a container image: those are not run here.',
  inlineCodeNotHere: 'Its code stands in the template: put it into a file to run it here.',
  codeNotHere: 'Its code is not in this folder.',
  variablesUnresolved: 'Not set here, as only a deployed stack knows the value: {0}.',
  layersNotHere: 'Its layers are not loaded here.',
  typeScriptNeedsNode:
    'TypeScript runs on Node.js 22.6 or newer; here it is {0}. Compile it first, or name a newer Node.js in the setting lambdaInvoke.local.nodePath.',
  interpreterMissing: '{0} was not found ({1}). Install it, or name its path in the setting {2}.',
  runsOn: '{0} runs on {1} here.',
  noLocalFunctions: 'This workspace has no function that can run here. Lambda Invoke: New Local Function… makes one.',
  localFault: 'The local endpoint could not run the function: {0}',
  debugNodeOnly: 'Debug Locally works for Node.js functions; {0} has the runtime {1}.',
  debugNotStarted: 'The debugger did not start: {0}',
  handlerNotFound: 'The handler {0} was not found in {1}.',
} as const;
