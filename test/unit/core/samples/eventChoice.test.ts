import { describe, expect, test } from 'vitest';
import {
  chooseEvent,
  eventFolders,
  type EventChoice,
  type EventReceiver,
} from '../../../../src/core/samples/eventChoice.ts';

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
    ['the file with one of its other names', 'app-hello.json', ['event.json', 'app-hello.json']],
    [
      'the file with its name, even in a more distant folder',
      'HelloWorldFunction.json',
      ['event.json'],
      ['HelloWorldFunction.json'],
    ],
    ['the file that matches its name', 'hello-world-event.json', ['event.json', 'hello-world-event.json', 'b.json']],
    [
      'the file that matches its name, even in a more distant folder',
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
    ['a file in the first folder that has one', 'event.json', [], ['event.json'], ['another.json', 'third.json']],
    ['missing without files', 'none', [], []],
  ])('%s', (_, expected, ...folders) => {
    expect(choose(...folders)).toEqual(expected);
  });

  test('missing if all files are for other functions', () => {
    expect(choose(['OrdersFunction.json'])).toBe('none');
    expect(choose(['orders.json', 'orders/put.json'])).toBe('none');
    expect(choose(['orders.json'], ['event.json'])).toBe('event.json');
  });

  test.each<[string, string[], EventReceiver]>([
    [
      'several have its name',
      ['orders/Create.json', 'users/Create.json'],
      { name: 'Create', otherNames: ['users.Create'] },
    ],
    ['the only one contains the name of another', ['s3-hello-world-put.json'], { name: 'Notify', otherNames: [] }],
    ['the only one is an event of another', ['s3.json'], { name: 'Notify', otherNames: [], events: [{ type: 'Api' }] }],
  ])('selected by the user if %s', (_, paths, fn) => {
    expect(shown(chooseEvent([files(...paths)], fn, [hello, orders]))).toEqual(paths);
  });

  test('the only file although it has the name of a function that has other folders', () => {
    const all = [files('OrdersFunction.json')];
    expect(shown(chooseEvent(all, hello, [orders], () => false))).toBe('OrdersFunction.json');
    expect(shown(chooseEvent(all, hello, [orders], () => true))).toBe('none');
  });

  test('selected by the user from several, with the best matches first and events of other functions last', () => {
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
