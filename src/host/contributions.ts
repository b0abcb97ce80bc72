type CommandIds<Names> = { readonly [Key in keyof Names]: `lambdaInvoke.${Names[Key] & string}` };

/** Adds the prefix of all commands. */
function commandIds<const Names extends Readonly<Record<string, string>>>(names: Names): CommandIds<Names> {
  const ids = Object.entries(names).map(([key, name]) => [key, `lambdaInvoke.${name}`]);
  return Object.fromEntries(ids) as CommandIds<Names>;
}

/** All commands. A test compares them with package.json. */
export const COMMANDS = /* @__PURE__ */ commandIds({
  invokeFunction: 'invokeFunction',
  newForm: 'newForm',
  invokePayload: 'payload.invoke',
  copyFromResult: 'result.copy',
  copyResultValue: 'result.copyValue',
  copyResultPath: 'result.copyPath',
  invokePreset: 'invokePreset',
  invokeFile: 'invokeFile',
  invokeActiveEditor: 'invokeActiveEditor',
  repeatLast: 'repeatLast',
  selectProfile: 'selectProfile',
  selectRegion: 'selectRegion',
  selectEndpoint: 'selectEndpoint',
  logIn: 'logIn',
  showIdentity: 'showIdentity',
  browseFunctions: 'browseFunctions',
  followLog: 'followLog',
  showOutput: 'showOutput',
  openWorkspacePresets: 'openWorkspacePresets',
  openUserPresets: 'openUserPresets',
  newLocalFunction: 'newLocalFunction',
  installSdk: 'installSdk',
  newPayload: 'newPayload',
  importCommand: 'importCommand',
  importLaunch: 'importLaunch',
  runPreset: 'preset.run',
  debugPreset: 'preset.debug',
  openPresetInForm: 'preset.openInForm',
  openPresetInFile: 'preset.openInFile',
  copyPresetAs: 'preset.copyAs',
  renamePreset: 'preset.rename',
  duplicatePreset: 'preset.duplicate',
  deletePreset: 'preset.delete',
  movePresetToStore: 'preset.moveToStore',
  setPresetGroup: 'preset.setGroup',
  movePresetUp: 'preset.moveUp',
  movePresetDown: 'preset.moveDown',
  runFunction: 'function.run',
  debugFunction: 'function.debug',
  openFunctionInForm: 'function.openInForm',
  debugFile: 'debugFile',
  selectFunctionEvent: 'function.selectEvent',
  openDeployedFunction: 'function.openDeployed',
  openFunctionHandler: 'function.openHandler',
  openFunctionTemplate: 'function.openTemplate',
  restartFunction: 'function.restart',
  showFunctionLog: 'function.showLog',
  refreshFunctions: 'functions.refresh',
  selectExecution: 'durable.select',
  clearExecutions: 'durable.clear',
  openResult: 'results.open',
  openResultFile: 'results.openFile',
  rerunResult: 'results.rerun',
  rerunFailed: 'results.rerunFailed',
  rerunAll: 'results.rerunAll',
  clearResults: 'results.clear',
  openHistory: 'history.open',
  repeatHistory: 'history.repeat',
  saveHistoryAsPreset: 'history.saveAsPreset',
  copyHistoryAs: 'history.copyAs',
  openHistoryFile: 'history.openFile',
  pinHistory: 'history.pin',
  unpinHistory: 'history.unpin',
  deleteHistory: 'history.delete',
  searchHistory: 'history.search',
  filterHistory: 'history.filter',
  clearHistoryFilter: 'history.clearFilter',
  clearHistory: 'history.clear',
  compareHistory: 'history.compare',
  selectHistoryForCompare: 'history.selectForCompare',
  compareHistoryWithSelected: 'history.compareWithSelected',
  compareHistoryWithResult: 'history.compareWithResult',
  invokeHistoryOnTwoTargets: 'history.invokeOnTwoTargets',
  showHistoryLog: 'history.showLog',
  replayHistory: 'history.replay',
  sortCompared: 'compare.sortKeys',
  restoreComparedOrder: 'compare.restoreKeyOrder',
  hideComparedTimes: 'compare.hideTimes',
  showComparedTimes: 'compare.showTimes',
  ignoreComparedPaths: 'compare.ignorePaths',
  swapCompared: 'compare.swapSides',
  invokeOnTwoTargets: 'invokeOnTwoTargets',
  invokePresetOnTwoTargets: 'preset.invokeOnTwoTargets',
  showStatistics: 'showStatistics',
  checkHistory: 'history.check',
  acceptAsExpected: 'acceptAsExpected',
});

/** The commands that activation uses. The complete list would take a third of extension.js. */
export const EARLY_COMMANDS = /* @__PURE__ */ commandIds({
  invokeFunction: 'invokeFunction',
  invokeFile: 'invokeFile',
  selectProfile: 'selectProfile',
}) satisfies Partial<typeof COMMANDS>;

/** The commands of rows, which VS Code runs with every click. They aren't in package.json. */
export const ROW_COMMANDS = /* @__PURE__ */ commandIds({
  clickPreset: 'preset.click',
  clickFunction: 'function.click',
  clickHistory: 'history.click',
});

/** The view type of the form. */
export const FORM_VIEW_TYPE = 'lambdaInvoke.form';

/** The view type of tabs that follow logs. */
export const FOLLOW_VIEW_TYPE = 'lambdaInvoke.log';

/** The scheme of inline payloads that are open in an editor. */
export const PAYLOAD_SCHEME = 'lambda-invoke-payload';

/** The scheme of the documents of comparisons. */
export const COMPARE_SCHEME = 'lambda-invoke-compare';

/** The context key with the options of the comparison in the active tab, such as `unsorted showsTimes`. Empty for other tabs. */
export const COMPARISON_CONTEXT = 'lambdaInvoke.comparison';

/** The context key that is true while an invocation is selected for a comparison. */
export const COMPARE_SELECTION_CONTEXT = 'lambdaInvoke.hasInvocationToCompare';

/** The presets view in the activity bar. */
export const PRESETS_VIEW = 'lambdaInvoke.presets';

/** The functions view below it. */
export const FUNCTIONS_VIEW = 'lambdaInvoke.functions';

/** The history view below them. */
export const HISTORY_VIEW = 'lambdaInvoke.history';

/** The context key that is true while the history is filtered. */
export const HISTORY_FILTERED_CONTEXT = 'lambdaInvoke.isHistoryFiltered';

/** The view of the results of several files. It exists as long as there are any. */
export const RESULTS_VIEW = 'lambdaInvoke.results';

/** The context key with the state of the results: '', 'running', 'failed' or 'passed'. */
export const RESULTS_CONTEXT = 'lambdaInvoke.resultsState';

/** The context key with the paths of the files that were used as payloads. */
export const PAYLOAD_FILES_CONTEXT = 'lambdaInvoke.payloadFiles';

/** The context key that is true while the focused form shows a preset that is a test. */
export const FORM_TEST_CONTEXT = 'lambdaInvoke.isFormTest';

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
  'log.fetch': 'never' as 'never' | 'whenMissing' | 'always',
  'history.keepBodies': 'memory' as 'memory' | 'workspace',
  'codeLens.payloadFolders': ['events', 'payloads'] as readonly string[],
} as const;
