/** Every command, once. A test holds them against package.json both ways. */
export const COMMANDS = {
  invokeFunction: 'lambdaInvoke.invokeFunction',
  invokePreset: 'lambdaInvoke.invokePreset',
  invokeFile: 'lambdaInvoke.invokeFile',
  invokeActiveEditor: 'lambdaInvoke.invokeActiveEditor',
  repeatLast: 'lambdaInvoke.repeatLast',
  selectProfile: 'lambdaInvoke.selectProfile',
  selectRegion: 'lambdaInvoke.selectRegion',
  showOutput: 'lambdaInvoke.showOutput',
} as const;

/** The form's kind of editor tab. */
export const FORM_VIEW_TYPE = 'lambdaInvoke.form';

export const SETTINGS_SECTION = 'lambdaInvoke';

/** Every setting with its default. A test holds them against package.json both ways. */
export const SETTINGS = {
  'output.logTail': true,
  reveal: 'always' as 'always' | 'onFailure' | 'never',
  saveBeforeInvoke: 'always' as 'always' | 'prompt' | 'never',
  confirm: [] as readonly string[],
  endpoint: '',
} as const;
