import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser';
import { parseJsonTree } from '../json/parseJsonc.ts';

/** An element or property of a container, with the comments that belong to it. */
export interface Item {
  /** Comments directly above it, without a blank line in between. */
  readonly comments: string;
  /** Its own text, comments inside of it included. */
  readonly text: string;
  readonly beforeComma: string;
  /** A comment behind it on the same line. */
  readonly afterComma: string;
}

/** A place in a container: what stays there when its item goes elsewhere. */
interface Slot {
  /** Blank lines and comments that a blank line sets apart. */
  readonly detached: string;
  /** The white space in front of the item. */
  readonly space: string;
}

/** A JSON array or object as text, taken apart so that its items can move and every comment goes along or stays. */
export interface Container {
  readonly items: Item[];
  readonly slots: Slot[];
  /** A comment behind the opening bracket, on its line. */
  readonly head: string;
  close: string;
  readonly hasTrailingComma: boolean;
  readonly eol: string;
  /** The indentation of the line the container starts in, and one step of it. */
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

/** The text between two items, parted: up to the comma, behind it on the same line, and what leads to the next item. */
function splitGap(gap: string, isLast: boolean): { beforeComma: string; afterComma: string; lead: string } {
  const tokens = trivia(gap);
  const comma = tokens.indexOf(',');
  const beforeComma = comma === -1 ? '' : tokens.slice(0, comma).join('');
  const rest = tokens.slice(comma + 1);
  const firstBreak = rest.findIndex(isBreak);
  const end = firstBreak === -1 ? (isLast ? rest.findLastIndex(isComment) + 1 : 0) : firstBreak;
  return { beforeComma, afterComma: rest.slice(0, end).join(''), lead: rest.slice(end).join('') };
}

/** The text in front of an item, parted at its last blank line. */
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

/** Joins pieces of trivia; a line comment never swallows what follows. */
function join(pieces: readonly string[], eol: string): string {
  return pieces.reduce((before, piece) => {
    if (piece === '') return before;
    return isLineComment(trivia(before).at(-1)) && !isBreak(piece) ? before + eol + piece : before + piece;
  }, '');
}

/** How a text is indented and how its lines end, so that what is added looks like the rest. */
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
      const behind = isLast ? '' : splitGap(gap, false).afterComma;
      head = trivia(behind).some(isComment) ? behind : '';
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

/** The text with a container changed; undefined where there is no array or object at the path. Only the container's text changes. */
export function editContainer(text: string, path: JSONPath, change: (container: Container) => void): string {
  const root = parseJsonTree(text);
  const node = root && findNodeAtLocation(root, path);
  if (node?.type !== 'array' && node?.type !== 'object') throw new Error(`There is no container at ${path.join('.')}`);
  const container = open(text, node);
  change(container);
  return text.slice(0, node.offset + 1) + emit(container) + text.slice(node.offset + node.length - 1);
}

/** The indentation of the items of a container that has its items on lines of their own. */
export function itemIndent({ slots, indent, step }: Container): string {
  const space = slots.at(-1)?.space ?? '';
  return /[\r\n]/.test(space) ? (space.split(/\r\n|\n|\r/).at(-1) ?? '') : indent + step;
}

/** Puts an item at a place. In an empty container it gets a line of its own. */
export function insertItem(container: Container, index: number, item: Item): void {
  const { items, slots, eol, indent, step } = container;
  if (items.length === 0) {
    const kept = container.close.trimEnd();
    slots.push({ detached: kept, space: eol + indent + step });
    container.close = eol + indent;
  } else {
    const space = slots[index]?.space ?? slots.at(-1)?.space ?? '';
    slots.splice(index, 0, { detached: '', space: space === '' && index > 0 ? ' ' : space });
  }
  items.splice(index, 0, item);
  const next = slots[index + 1];
  if (next?.space === '') slots[index + 1] = { ...next, space: ' ' };
}

/** Takes an item out. Its comments go with it, or stay where it was. */
export function takeItem(container: Container, index: number, { leaveComments }: { leaveComments: boolean }): Item {
  const { items, slots, eol } = container;
  const [item] = items.splice(index, 1);
  const [slot] = slots.splice(index, 1);
  if (item === undefined || slot === undefined) throw new Error(`There is no item ${index}`);
  const behind = [item.beforeComma, item.afterComma].filter((piece) => trivia(piece).some(isComment));
  const left = leaveComments ? [item.comments, ...behind.map((piece) => slot.space + piece.trimStart())] : [];
  const kept = join([slot.detached, ...left], eol);
  if (!trivia(kept).some(isComment)) return item;
  const next = slots[index];
  if (next === undefined) container.close = join([kept, container.close], eol);
  else slots[index] = { ...next, detached: join([kept, next.detached], eol) };
  return item;
}

/** Moves an item to another place of the container, its comments with it. */
export function moveItem({ items }: Container, from: number, to: number): void {
  const [item] = items.splice(from, 1);
  if (item !== undefined) items.splice(to, 0, item);
}

/** Text of one item without comments. */
export function plainItem(text: string): Item {
  return { comments: '', text, beforeComma: '', afterComma: '' };
}
