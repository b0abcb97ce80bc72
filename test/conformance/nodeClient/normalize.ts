import { isPlatformLine } from '../../support/functionLines.ts';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** The path of a row's folder in any workspace. */
const ROW_FOLDER = /(?:file:\/\/)?\/[^\s"'()]*\/row\d+(?=\/|'|"|\s)/g;

/** Frames of the runtimes and of Node.js, as items of a JSON array. */
const FOREIGN_FRAME = /,"(?: {4})?at [^"]*(?:aws-lambda-ric|nodeBootstrap\.js|node:)[^"]*"/g;

/** Frames of the runtimes in an item of a JSON array or in a text in JSON. */
const FRAME_IN_TEXT = /\\n {4}at [^\\"]*\/var\/runtime\/index\.mjs[^\\" ]*/g;

/** The name of the function in a frame, which may include a class name of a runtime. */
const FRAME_NAME = /( {4}at )(?:async )?[^"\n(]* \((\/var\/task\/[^)]*)\)/g;

/** The types in Node.js's message about a chunk of an HTTP request, which differ from those of our stream. */
const CHUNK_TYPES = 'Buffer, TypedArray, or DataView';

/** A runtime's file in a require stack. */
const PARENT = /\/[^\s"'()]*(?:aws-lambda-ric[^\s"'()]*?\.mjs|\/nodeBootstrap\.js)/g;

/** A payload without the paths, times and IDs of one invocation. */
export function normalText(text: string): string {
  return text
    .replaceAll(FOREIGN_FRAME, '')
    .replaceAll(PARENT, '/var/runtime/index.mjs')
    .replaceAll(FRAME_IN_TEXT, '')
    .replaceAll(ROW_FOLDER, '/var/task')
    .replaceAll(FRAME_NAME, '$1$2')
    .replaceAll(CHUNK_TYPES, 'Buffer or Uint8Array')
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .replaceAll(ID, 'ID')
    .replaceAll(TIME, 'TIME');
}

/** A line of a log with a frame of a runtime or of Node.js. */
const FOREIGN_LINE = /\n\s+at [^\n]*(?:aws-lambda-ric|nodeBootstrap\.js|node:)[^\n]*?:\d+:\d+\)?/g;

/** A function's own log lines. AWS's client replaces line breaks when it writes to stdout, but not on Lambda. */
export function normalLog(text: string): string {
  const lines = text.replaceAll('\r', '\n').split('\n');
  const own = lines.filter((line) => !isPlatformLine(line)).join('\n');
  return normalText(own.replaceAll(FOREIGN_LINE, ''));
}
