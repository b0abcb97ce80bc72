import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser';
import { parseJsonTree } from '../json/parseJsonc.ts';

/** An array element or object property, with the comments that belong to it. */
export interface Item {
  /** Comments directly above it, with no blank line in between. */
  readonly comments: string;
  /** The source text, including comments inside it. */
  readonly text: string;
  readonly beforeComma: string;
  /** A trailing comment on the same line. */
  readonly afterComma: string;
}

/** A position in a container: what stays when its item moves elsewhere. */
interface Slot {
  /** Blank lines, and comments separated from the item by a blank line. */
  readonly detached: string;
  /** The white space before the item. */
  readonly space: string;
}

/** The source text of a JSON array or object, split into items so that each can move together with its comments. */
export interface Container {
  readonly items: Item[];
  readonly slots: Slot[];
  /** A comment on the same line as the opening bracket. */
  readonly head: string;
  close: string;
  readonly hasTrailingComma: boolean;
  readonly eol: string;
  /** The indentation of the container's first line, and one indentation step. */
  readonly indent: string;
  readonly step: string;
}

const TRIVIA = /\/\/[^\r\n]*|\/\*(?:[^*]|\*+[^*/])*(?:\*+\/)?|\r\n|\n|\r|,|[^\S\r\n]+/g;

function trivia(text: string): string[] {
  return text.match(TRIVIA) ?? [];
}

const isBreak = (token: string) => /^[\r\n]/.test(token);
const isComment = (token: string) => token.startsWith('/');
const isLineComment = (token: string | undefined) => token?.startsWith('//') === true;

/** Splits the text between two items: up to the comma, after it on the same line, and the rest. */
function splitGap(gap: string, isLast: boolean): { beforeComma: string; afterComma: string; lead: string } {
  const tokens = trivia(gap);
  const comma = tokens.indexOf(',');
  const beforeComma = comma === -1 ? '' : tokens.slice(0, comma).join('');
  const rest = tokens.slice(comma + 1);
  const firstBreak = rest.findIndex(isBreak);
  const end = firstBreak === -1 ? (isLast ? rest.findLastIndex(isComment) + 1 : 0) : firstBreak;
  return { beforeComma, afterComma: rest.slice(0, end).join(''), lead: rest.slice(end).join('') };
}

/** Splits the text before an item at its last blank line. */
function splitLead(lead: string): Slot & Pick<Item, 'comments'> {
  const tokens = trivia(lead);
  let start = 0;
  let sinceBreak: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (isComment(token)) sinceBreak = undefined;
    else if (isBreak(token)) {
      if (sinceBreak !== undefined) start = index;
      sinceBreak = index;
    }
  }
  const attached = tokens.slice(start);
  const afterComments = attached.findLastIndex(isComment) + 1;
  return {
    detached: tokens.slice(0, start).join(''),
    comments: attached.slice(0, afterComments).join(''),
    space: attached.slice(afterComments).join(''),
  };
}

/** Joins pieces of trivia. Adds a line break after a line comment, so that it doesn't swallow the next piece. */
function join(pieces: readonly string[], eol: string): string {
  return pieces.reduce((before, piece) => {
    if (piece === '') return before;
    return isLineComment(trivia(before).at(-1)) && !isBreak(piece) ? before + eol + piece : before + piece;
  }, '');
}

/** Detects indentation and line endings, so that new text matches the file. */
export function layoutOf(text: string): { readonly step: string; readonly eol: string } {
  const step = /^([ \t]+)["[{]/m.exec(text)?.[1] ?? '  ';
  return { step: step.startsWith('\t') ? '\t' : step, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

function open(text: string, node: Node): Container {
  const children = node.children ?? [];
  const items: Item[] = [];
  const slots: Slot[] = [];
  let at = node.offset + 1;
  let head = '';
  let lead = '';
  let hasTrailingComma = false;
  for (const [index, child] of [...children, undefined].entries()) {
    const isLast = child === undefined;
    const gap = text.slice(at, child?.offset ?? node.offset + node.length - 1);
    const previous = items.at(-1);
    if (previous === undefined) {
      const trailing = isLast ? '' : splitGap(gap, false).afterComma;
      head = trivia(trailing).some(isComment) ? trailing : '';
      lead = gap.slice(head.length);
    } else {
      const { beforeComma, afterComma, lead: next } = splitGap(gap, isLast);
      items[index - 1] = { ...previous, beforeComma, afterComma };
      if (isLast) hasTrailingComma = trivia(gap).includes(',');
      lead = next;
    }
    if (isLast) break;
    const { detached, comments, space } = splitLead(lead);
    slots.push({ detached, space });
    at = child.offset + child.length;
    items.push({ comments, text: text.slice(child.offset, at), beforeComma: '', afterComma: '' });
  }
  const lineStart =
    text
      .slice(0, node.offset)
      .split(/\r\n|\n|\r/)
      .at(-1) ?? '';
  const indent = /^[ \t]*/.exec(lineStart)?.[0] ?? '';
  return { items, slots, head, close: lead, hasTrailingComma, indent, ...layoutOf(text) };
}

function emit({ items, slots, head, close, hasTrailingComma, eol }: Container): string {
  const parts: string[] = [];
  let isInLineComment = false;
  const add = (piece: string, isTrivia: boolean) => {
    if (piece === '') return;
    if (isInLineComment && !isBreak(piece)) parts.push(eol);
    parts.push(piece);
    isInLineComment = isTrivia && isLineComment(trivia(piece).at(-1));
  };
  add(head, true);
  for (const [index, item] of items.entries()) {
    const slot = slots[index];
    add(slot?.detached ?? '', true);
    add(item.comments, true);
    add(slot?.space ?? '', true);
    add(item.text, false);
    add(item.beforeComma, true);
    if (index < items.length - 1 || hasTrailingComma) add(',', false);
    add(item.afterComma, true);
  }
  add(close, true);
  if (isInLineComment) parts.push(eol);
  return parts.join('');
}

/** Changes the container at a path and leaves all other text as it is. Throws if the path has no array or object. */
export function editContainer(text: string, path: JSONPath, change: (container: Container) => void): string {
  const root = parseJsonTree(text);
  const node = root && findNodeAtLocation(root, path);
  if (node?.type !== 'array' && node?.type !== 'object') throw new Error(`There is no container at ${path.join('.')}`);
  const container = open(text, node);
  change(container);
  return text.slice(0, node.offset + 1) + emit(container) + text.slice(node.offset + node.length - 1);
}

/** The indentation of the items in a container with one item per line. */
export function itemIndent({ slots, indent, step }: Container): string {
  const space = slots.at(-1)?.space ?? '';
  return /[\r\n]/.test(space) ? (space.split(/\r\n|\n|\r/).at(-1) ?? '') : indent + step;
}

/** Inserts an item at an index. In an empty container it gets its own line. */
export function insertItem(container: Container, index: number, item: Item): void {
  const { items, slots, eol, indent, step } = container;
  if (items.length === 0) {
    const remainder = container.close.trimEnd();
    slots.push({ detached: remainder, space: eol + indent + step });
    container.close = eol + indent;
  } else {
    const space = slots[index]?.space ?? slots.at(-1)?.space ?? '';
    slots.splice(index, 0, { detached: '', space: space === '' && index > 0 ? ' ' : space });
  }
  items.splice(index, 0, item);
  const next = slots[index + 1];
  if (next?.space === '') slots[index + 1] = { ...next, space: ' ' };
}

/** Removes and returns an item. Its comments go with it, or stay in place with `leaveComments`. */
export function takeItem(container: Container, index: number, { leaveComments }: { leaveComments: boolean }): Item {
  const { items, slots, eol } = container;
  const [item] = items.splice(index, 1);
  const [slot] = slots.splice(index, 1);
  if (item === undefined || slot === undefined) throw new Error(`There is no item ${index}`);
  const trailing = [item.beforeComma, item.afterComma].filter((piece) => trivia(piece).some(isComment));
  const itemComments = leaveComments ? [item.comments, ...trailing.map((piece) => slot.space + piece.trimStart())] : [];
  const remainder = join([slot.detached, ...itemComments], eol);
  if (!trivia(remainder).some(isComment)) return item;
  const next = slots[index];
  if (next === undefined) container.close = join([remainder, container.close], eol);
  else slots[index] = { ...next, detached: join([remainder, next.detached], eol) };
  return item;
}

/** Moves an item together with its comments. */
export function moveItem({ items }: Container, from: number, to: number): void {
  const [item] = items.splice(from, 1);
  if (item !== undefined) items.splice(to, 0, item);
}

/** An item without comments. */
export function plainItem(text: string): Item {
  return { comments: '', text, beforeComma: '', afterComma: '' };
}
