import { expect, test } from 'vitest';
import type { LogLevel } from '../../../../src/core/functions/logLevels.ts';
import { LogLevelFilter } from '../../../../src/local/process/logLevelFilter.ts';

const line = (level: string) => `{"timestamp":"2026-01-02T03:04:05Z","level":"${level}","message":"m"}\n`;

function startFilter(minimum: LogLevel) {
  const written: Buffer[] = [];
  const filter = new LogLevelFilter(minimum, (bytes) => written.push(bytes));
  return { filter, text: () => Buffer.concat(written).toString(), bytes: () => Buffer.concat(written).byteLength };
}

test('a line that arrives in parts is filtered by its level', () => {
  const { filter, text } = startFilter('WARN');
  for (const byte of Buffer.from(`${line('DEBUG')}${line('ERROR')}${line('INFO')}`)) filter.append(Buffer.from([byte]));
  filter.append(Buffer.from(line('FATAL').trimEnd()));
  expect(text()).toBe(line('ERROR'));
  filter.flush();
  expect(text()).toBe(`${line('ERROR')}${line('FATAL').trimEnd()}`);
});

test('a line of any length is written as it arrives, with the level INFO', () => {
  const part = Buffer.alloc(1_048_576, 'x');
  const shown = startFilter('INFO');
  const hidden = startFilter('WARN');
  for (const { filter } of [shown, hidden]) {
    filter.append(Buffer.from('{"level":"ERROR'));
    for (let count = 0; count < 20; count++) filter.append(part);
  }
  expect([shown.bytes(), hidden.bytes()]).toEqual([20 * part.byteLength + 15, 0]);
  for (const { filter } of [shown, hidden]) filter.append(Buffer.from(`end\n${line('ERROR')}`));
  expect(shown.text().endsWith(`xend\n${line('ERROR')}`)).toBe(true);
  expect(hidden.text()).toBe(line('ERROR'));
});
