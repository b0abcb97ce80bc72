import { expect, test } from 'vitest';
import { handlerParts } from '../../../../src/core/functions/handlerParts.ts';
import { handlerLine } from '../../../../src/core/functions/handlerLine.ts';

test.each([
  ['app.handler', { modulePath: 'app', exportPath: 'handler' }],
  ['src/my.folder/app.a.b', { modulePath: 'src/my.folder/app', exportPath: 'a.b' }],
  ['app', undefined],
  ['.handler', undefined],
  ['src/.handler', undefined],
  ['app.', undefined],
  ['', undefined],
])('parses the handler %j', (handler, parts) => {
  expect(handlerParts(handler)).toEqual(parts);
});

test.each([
  ['export async function handler(event) {'],
  ['export function* handler() {'],
  ['  export const handler: Handler = async () => {'],
  ['module.exports.handler = async () => {'],
  ['exports.handler=1'],
  ['async def handler (event, context):'],
  ['function handler() {'],
  ['const handler = 1;'],
  ['export { one, handler }'],
  ['module.exports = { handler };'],
  ['handler = wrap(f)'],
])('finds the handler in: %s', (line) => {
  expect(handlerLine(`handlers = 1\nexport const handler2 = 1\n${line}\n`, 'src/app.handler')).toBe(2);
});

test("a handler's name may contain non-ASCII letters", () => {
  expect(handlerLine('\nexport const größe = 1', 'app.größe')).toBe(1);
  expect(handlerLine('\nexport const $do_1 = 1', 'app.$do_1')).toBe(1);
});
