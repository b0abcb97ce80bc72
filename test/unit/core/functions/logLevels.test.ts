import { expect, test } from 'vitest';
import { parseLocalFunctions } from '../../../../src/core/functions/localFunctions.ts';
import { isLogged, loggingSettings, LOG_LEVELS } from '../../../../src/core/functions/logLevels.ts';
import { readTemplateText } from '../../../support/readTemplateText.ts';

test.each([
  [['JSON', 'WARN', 'DEBUG'], { logFormat: 'JSON', applicationLogLevel: 'WARN', systemLogLevel: 'DEBUG' }],
  [['JSON', undefined, undefined], { logFormat: 'JSON' }],
  [['JSON', 'LOUD', 'ERROR'], { logFormat: 'JSON' }],
  [['Text', 'WARN', 'WARN'], { logFormat: 'Text' }],
  [[undefined, 'WARN', 'WARN'], { logFormat: 'Text' }],
])('the logging settings %j are parsed', ([format, application, system], expected) => {
  expect(loggingSettings(format, application, system)).toEqual(expected);
});

test('presets files and templates can set the log levels', () => {
  const levels = { logFormat: 'JSON', applicationLogLevel: 'ERROR', systemLogLevel: 'WARN' };
  expect(parseLocalFunctions({ fn: { handler: 'a.b', ...levels } })['fn']).toMatchObject(levels);
  const config = 'LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: ERROR, SystemLogLevel: WARN }';
  const { functions } = readTemplateText(
    'template.yaml',
    `Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b, ${config} }\n`,
  );
  expect(functions[0]?.fn).toMatchObject(levels);
});

test('a log level includes itself and all higher levels', () => {
  for (const [index, minimum] of LOG_LEVELS.entries())
    expect(LOG_LEVELS.filter((level) => isLogged(level, minimum))).toEqual(LOG_LEVELS.slice(index));
});
