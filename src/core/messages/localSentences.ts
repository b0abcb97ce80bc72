/** Messages about local functions, by code. */
export const LOCAL_SENTENCES = {
  templateBroken: '{0}, line {1}, column {2}: {3} Correct the file to list its functions.',
  templateAliases: '{0} has a recursive alias or too many aliases. Correct the file to list its functions.',
  templateCircle: '{0} has circular Conditions ({1}). Remove one of the references to list its functions.',
  templateTooDeep: '{0} has values nested or referenced deeper than {1} levels. Flatten it to list its functions.',
  templateTooMuchWork: '{0} has too many values or references. Split it to list its functions.',
  templateTooMuchText:
    '{0} expands to too much text. Shorten its Fn::Sub, Fn::Join, or ${…} values to list its functions.',
  templateUnexpected: "Can't read {0}: {1}. Its functions aren't listed.",
  tooManyTemplates: 'Only the first {0} templates in {1} are read. Exclude others with lambdaInvoke.templates.exclude.',
  searchTooLarge:
    'The search for functions stopped in {1} after {0} files and folders. Exclude large folders with lambdaInvoke.templates.exclude.',
  searchTooDeep:
    "{1} isn't searched for functions, because it's more than {0} levels deep. Open it or a parent as a workspace folder.",
  searchTooManyFiles:
    'Only the first {0} YAML and JSON files in {1} are searched for functions. Name templates template.yaml or *.template.json.',
  nestedStackMissing: "{0}: Can't find {1}, the template of the nested stack {2}. Correct its path.",
  nestedStackOutside:
    "{0}: {1}, the template of the nested stack {2}, is outside the workspace folder. Its functions aren't listed.",
  fileNotRegular: "{0} isn't a regular file. Replace or remove it.",
  fileTooLarge: '{0} is larger than {1} MB. Make it smaller, or move it out of the workspace folder.',
  fileUnreadable: "Can't read {0} ({1}). Check its permissions.",
  codeFolderMissing: "The folder {0} with the code of {1} doesn't exist.",
  includedFileMissing:
    "{0}, line {1}: Can't read {2} in the workspace folder. Functions and values from it are missing.",
  tooManyIncludedFiles:
    '{0} includes more than {1} files, or too many levels of files. Functions and values from the others are missing.',
  includedFileIsCode: "{0}, line {1}: {2} contains code, which isn't run. Functions and values from it are missing.",
  functionsNotRead: "{0}, line {1}: These functions can't be resolved locally. They aren't listed.",
  functionNotRead: "Its definition can't be resolved locally.",
  fieldNotRead: "Its {0} can't be resolved locally.",
  serverlessCode:
    "{0} contains code, which isn't run. To list its functions, run serverless print > serverless-resolved.yml.",
  providerNotHere: 'The provider is {0}. Only AWS Lambda functions run locally.',
  runtimeUnknown: "The template doesn't specify a Runtime.",
  handlerUnknown: "The template doesn't specify a Handler.",
  runtimeNotHere: "Runtime {0} isn't supported locally. Use Node.js, Python 3, or a provided runtime.",
  imageNotHere: "Container images aren't supported locally.",
  inlineCodeNotHere: "Inline code isn't supported locally. Move it to a file.",
  codeNotHere: "The template doesn't point to code in this workspace.",
  variablesUnresolved: 'Not set locally, because only a deployed stack has the values: {0}.',
  variablesNotRead: "Not set locally, because a file with the values can't be read: {0}.",
  variablesNotInShell: "Not set locally: {0}. Set {1} in a .env file or in VS Code's environment.",
  shellVariableMissing: "{0} isn't set in a .env file or in VS Code's environment.",
  environmentUnresolved: "Environment variables from {0} aren't set locally.",
  defaultUsed: '{0} is {1} locally, because only the deployed stack has its value.',
  defaultForUnread: "{0} is {1} locally, because its value can't be read.",
  defaultForInvalid: "{0} isn't a number. The default of {1} is used locally.",
  valueUnresolved: 'Only a deployed stack has the value of {0}. Add a default to its parameter.',
  propertiesInvalid: 'Properties must be an object. Correct the template.',
  webFunctionNotInvoked: "This is a Web Function, which can't be invoked. Call its HTTPS endpoint.",
  notDeployed: "This function isn't deployed with the parameters used locally, because the condition {0} is false.",
  propertiesNotExpanded: "{0} can't be expanded locally. The properties it sets are missing.",
  loopNotExpanded: "{0}: {1} can't be expanded locally. The functions it creates aren't listed.",
  addedWhenDeployed: "{0}: {1} is expanded only during deployment. Functions it creates aren't listed.",
  nestedStackNotHere:
    "{0}: The template of the nested stack {1} isn't a file in the workspace. Its functions aren't listed.",
  includeMissing: "{0}: Can't read {1}, the Location of AWS::Include. Its resources are missing.",
  samParametersMissing: "Can't read {0}, which parameter_overrides refers to. Its parameters aren't used.",
  samLocalBroken: "Can't read {0} ({1}). Its parameter overrides and environment variables aren't used.",
  samEnvMissing: "Can't find {0}, which env_vars in the SAM configuration refers to. Its variables aren't set.",
  environmentFileMissing: "Can't find the environment file {0}. Its variables aren't set.",
  placeholderValues:
    'Placeholder values: {0}. Set them in env.json or .env (SAM and CloudFormation), or in .vscode/lambda-invoke.json.',
  environmentFileInvalid:
    "{0}, line {1}: This isn't NAME=value, or JSON with an object of variables for each function. The file isn't used.",
  sdkFolderMissing: "{0} doesn't exist. Correct {1}, the folder with the AWS SDK of Lambda's runtime.",
  layersNotHere: "Layers aren't loaded locally.",
  typeScriptNeedsNode:
    'TypeScript requires Node.js 22.6 or later, but {0} is used. Compile the code, or set lambdaInvoke.local.nodePath to a later version.',
  decoratorMetadataMissing:
    '{0} uses emitDecoratorMetadata, which requires TypeScript in the project. Run npm install --save-dev typescript@5.',
  decoratorsNeedCompiler:
    'Decorators require esbuild or TypeScript in the project. Run npm install --save-dev esbuild.',
  jsxNeedsCompiler: 'JSX requires esbuild or TypeScript in the project. Run npm install --save-dev esbuild.',
  namespacesNeedCompiler:
    '{0} uses a namespace, which requires esbuild or TypeScript in the project. Run npm install --save-dev esbuild.',
  interpreterMissing: "Can't find {0} ({1}). Install it or set its path in {2}.",
  runsOn: '{0} runs on {1} locally.',
  wrapperNotRun: "AWS_LAMBDA_EXEC_WRAPPER isn't supported locally. {0} doesn't run.",
  fileSystemNotHere: "The Amazon EFS file system isn't mounted locally.",
  runsOnArchitecture: "The function's architecture is {0}, but it runs on {1} locally. Native modules may differ.",
  localFunctionNear: 'No function "{0}" in this workspace. Did you mean {1}?',
  localFunctionNearSeveral: 'No function "{0}" in this workspace. Did you mean one of these: {1}?',
  localFunctionOthers: 'No function "{0}" in this workspace. Available functions: {1}.',
  localFunctionUnknown: 'No function "{0}" in this workspace. Select one in the Functions view.',
  localFunctionShared: '"{0}" is defined more than once in this workspace. Use one of these: {1}.',
  localFunctionSharedByMany:
    '"{0}" is defined {1} times in this workspace. Use the name in the Functions view, such as {2}.',
  localFunctionUnread: 'No function "{0}" in this workspace, but {1} can\'t be read. See the Functions view.',
  localFunctionNone: 'No function "{0}" in this workspace. Use New Local Function… to create one.',
  localQualifierUnknown:
    '{0} has no version or alias "{1}" in this workspace. Use $LATEST, or define it in the template.',
  noLocalFunctions: 'No functions in this workspace can run locally. Use New Local Function… to create one.',
  localFault: "The local endpoint couldn't run the function: {0}",
  debugUnsupported: 'Debug Locally supports Node.js and Python functions. {0} uses {1}.',
  pythonDebuggerMissing: 'The Python Debugger extension is required to debug Python functions.',
  pythonDebuggerOutdated: "The Python Debugger extension doesn't provide its debugger. Update the extension.",
  debugNotStarted: "The debugger didn't start: {0}",
  handlerNotFound: "Can't find the handler {0} in {1}.",
} as const;
