/** All commands. A test compares them with package.json. */
export const COMMANDS = {
  invokeFunction: 'lambdaInvoke.invokeFunction',
  newForm: 'lambdaInvoke.newForm',
  invokePayload: 'lambdaInvoke.payload.invoke',
  copyFromResult: 'lambdaInvoke.result.copy',
  copyResultValue: 'lambdaInvoke.result.copyValue',
  copyResultPath: 'lambdaInvoke.result.copyPath',
  invokePreset: 'lambdaInvoke.invokePreset',
  invokeFile: 'lambdaInvoke.invokeFile',
  invokeActiveEditor: 'lambdaInvoke.invokeActiveEditor',
  repeatLast: 'lambdaInvoke.repeatLast',
  selectProfile: 'lambdaInvoke.selectProfile',
  selectRegion: 'lambdaInvoke.selectRegion',
  selectEndpoint: 'lambdaInvoke.selectEndpoint',
  logIn: 'lambdaInvoke.logIn',
  showIdentity: 'lambdaInvoke.showIdentity',
  browseFunctions: 'lambdaInvoke.browseFunctions',
  showOutput: 'lambdaInvoke.showOutput',
  openWorkspacePresets: 'lambdaInvoke.openWorkspacePresets',
  openUserPresets: 'lambdaInvoke.openUserPresets',
  newLocalFunction: 'lambdaInvoke.newLocalFunction',
  installSdk: 'lambdaInvoke.installSdk',
  newPayload: 'lambdaInvoke.newPayload',
  importCommand: 'lambdaInvoke.importCommand',
  importLaunch: 'lambdaInvoke.importLaunch',
  runPreset: 'lambdaInvoke.preset.run',
  debugPreset: 'lambdaInvoke.preset.debug',
  openPresetInForm: 'lambdaInvoke.preset.openInForm',
  openPresetInFile: 'lambdaInvoke.preset.openInFile',
  copyPresetAs: 'lambdaInvoke.preset.copyAs',
  renamePreset: 'lambdaInvoke.preset.rename',
  duplicatePreset: 'lambdaInvoke.preset.duplicate',
  deletePreset: 'lambdaInvoke.preset.delete',
  movePresetToStore: 'lambdaInvoke.preset.moveToStore',
  setPresetGroup: 'lambdaInvoke.preset.setGroup',
  movePresetUp: 'lambdaInvoke.preset.moveUp',
  movePresetDown: 'lambdaInvoke.preset.moveDown',
  runFunction: 'lambdaInvoke.function.run',
  debugFunction: 'lambdaInvoke.function.debug',
  openFunctionInForm: 'lambdaInvoke.function.openInForm',
  debugFile: 'lambdaInvoke.debugFile',
  selectFunctionEvent: 'lambdaInvoke.function.selectEvent',
  openDeployedFunction: 'lambdaInvoke.function.openDeployed',
  openFunctionHandler: 'lambdaInvoke.function.openHandler',
  openFunctionTemplate: 'lambdaInvoke.function.openTemplate',
  restartFunction: 'lambdaInvoke.function.restart',
  showFunctionLog: 'lambdaInvoke.function.showLog',
  refreshFunctions: 'lambdaInvoke.functions.refresh',
  openResult: 'lambdaInvoke.results.open',
  openResultFile: 'lambdaInvoke.results.openFile',
  rerunResult: 'lambdaInvoke.results.rerun',
  rerunFailed: 'lambdaInvoke.results.rerunFailed',
  rerunAll: 'lambdaInvoke.results.rerunAll',
  clearResults: 'lambdaInvoke.results.clear',
} as const;

/** The commands of rows, which VS Code runs with every click. They aren't in package.json. */
export const ROW_COMMANDS = {
  clickPreset: 'lambdaInvoke.preset.click',
  clickFunction: 'lambdaInvoke.function.click',
} as const;

/** The view type of the form. */
export const FORM_VIEW_TYPE = 'lambdaInvoke.form';

/** The scheme of inline payloads that are open in an editor. */
export const PAYLOAD_SCHEME = 'lambda-invoke-payload';

/** The presets view in the activity bar. */
export const PRESETS_VIEW = 'lambdaInvoke.presets';

/** The functions view below it. */
export const FUNCTIONS_VIEW = 'lambdaInvoke.functions';

/** The view of the results of several files. It exists as long as there are any. */
export const RESULTS_VIEW = 'lambdaInvoke.results';

/** The context key with the state of the results: '', 'running', 'failed' or 'passed'. */
export const RESULTS_CONTEXT = 'lambdaInvoke.resultsState';

/** The context key with the paths of the files that were used as payloads. */
export const PAYLOAD_FILES_CONTEXT = 'lambdaInvoke.payloadFiles';

/** The MIME type of presets that are dragged within their view. */
export const PRESETS_MIME = 'application/vnd.code.tree.lambdainvoke.presets';

export const SETTINGS_SECTION = 'lambdaInvoke';

/** Context keys that complete the steps of Get Started. */
export const STEPS_DONE = {
  invokedLocal: 'lambdaInvoke.hasInvokedLocal',
  savedPreset: 'lambdaInvoke.hasSavedPreset',
  chosenConnection: 'lambdaInvoke.hasChosenConnection',
} as const;

/** All settings with their defaults. A test compares them with package.json. */
export const SETTINGS = {
  'output.logTail': true,
  reveal: 'always' as 'always' | 'onFailure' | 'never',
  saveBeforeInvoke: 'always' as 'always' | 'prompt' | 'never',
  confirm: [] as readonly string[],
  endpoint: '',
  'resend.attempts': 0,
  'local.nodePath': '',
  'local.pythonPath': '',
  'local.layers': {} as Readonly<Record<string, unknown>>,
  'local.nodeSdkPath': '',
  'local.pythonSdkPath': '',
  'local.credentials': 'none' as 'none' | 'profile',
  'local.concurrency': 50,
  'templates.include': [] as readonly string[],
  'templates.exclude': [] as readonly string[],
  'history.keepBodies': 'memory' as 'memory' | 'workspace',
  'codeLens.payloadFolders': ['events', 'payloads'] as readonly string[],
} as const;
