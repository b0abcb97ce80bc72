import { describe, expect, test } from 'vitest';
import { chooseEvent, eventFolders, type EventChoice } from '../../../../src/core/samples/eventChoice.ts';

const hello = {
  name: 'HelloWorldFunction',
  otherNames: ['app-hello'],
  events: [{ name: 'UploadedPhoto', type: 'S3' }],
};
const orders = { name: 'OrdersFunction', otherNames: [] };

const files = (...paths: string[]) => paths.map((path) => ({ path }));

function shown(choice: EventChoice<{ readonly path: string }>): string | string[] {
  if (choice.kind === 'file') return choice.file.path;
  return choice.kind === 'none' ? 'none' : choice.files.map(({ path }) => path);
}

const choose = (...folders: string[][]) =>
  shown(
    chooseEvent(
      folders.map((paths) => files(...paths)),
      hello,
      [orders],
    ),
  );

describe('the event of a function is', () => {
  test.each<[string, string | string[], ...string[][]]>([
    ['the file with its name', 'HelloWorldFunction.json', ['event.json', 'hello.json', 'HelloWorldFunction.json']],
    ['the file with another name of it', 'app-hello.json', ['event.json', 'app-hello.json']],
    [
      'the file with its name, even in a farther folder',
      'HelloWorldFunction.json',
      ['event.json'],
      ['HelloWorldFunction.json'],
    ],
    ['the file that matches its name', 'hello-world-event.json', ['event.json', 'hello-world-event.json', 'b.json']],
    [
      'the file that matches its name, even in a farther folder',
      'helloWorld.json',
      ['a.json', 'b.json'],
      ['helloWorld.json'],
    ],
    [
      'the file in a folder with its name',
      'HelloWorldFunction/put.json',
      ['event.json', 'HelloWorldFunction/put.json'],
    ],
    ['the file with the name of its event', 'uploaded-photo.json', ['event.json', 'uploaded-photo.json']],
    ['event.json', 'event.json', ['another.json', 'event.json']],
    ['the only file', 'order-created.json', ['order-created.json']],
    ['that of the first folder that has any', 'event.json', [], ['event.json'], ['another.json', 'third.json']],
    ['missing without files', 'none', [], []],
  ])('%s', (_, expected, ...folders) => {
    expect(choose(...folders)).toEqual(expected);
  });

  test('missing if all files are for other functions', () => {
    expect(choose(['OrdersFunction.json'])).toBe('none');
    expect(choose(['orders.json', 'orders/put.json'])).toBe('none');
    expect(choose(['orders.json'], ['event.json'])).toBe('event.json');
  });

  test('selected by the user among several, those that match best first and those for other functions last', () => {
    expect(choose(['orders.json', 'a.json', 's3.json'])).toEqual(['s3.json', 'a.json', 'orders.json']);
    expect(choose(['hello-world-1.json', 'hello-world-2.json', 'event.json'])).toEqual([
      'hello-world-1.json',
      'hello-world-2.json',
      'event.json',
    ]);
    expect(choose(['a.json', 'orders/event.json'])).toEqual(['a.json', 'orders/event.json']);
  });

  test('event.json, even if the template has an event with that name', () => {
    const named = { name: 'Other', otherNames: [], events: [{ name: 'Event', type: 'Api' }] };
    expect(shown(chooseEvent([files('event.json', 'a.json')], hello, [named]))).toBe('event.json');
  });
});

test('events are next to the template, the code below it, or in a folder above the template', () => {
  const folder = '/app';
  const template = '/app/shop/template.yaml';
  expect(eventFolders({ folder, template })).toEqual(['/app/shop', '/app']);
  expect(eventFolders({ folder, template, source: '/app/shop/src/orders/index.js' })).toEqual([
    '/app/shop',
    '/app/shop/src/orders',
    '/app/shop/src',
    '/app',
  ]);
  expect(eventFolders({ folder, template: '/app/template.yaml', source: '/app/index.js' })).toEqual(['/app']);
  expect(eventFolders({ folder, template: '/other/template.yaml', source: '/lib/index.js' })).toEqual([
    '/other',
    '/app',
  ]);
});
