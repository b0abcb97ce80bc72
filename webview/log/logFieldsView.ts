import * as l10n from '@vscode/l10n';
import type { LogField } from '../../src/core/logs/logEntry.ts';
import { create } from '../dom.ts';
import { highlighted, linkedLines, type LogFrames } from './logText.ts';

/** What the values depend on beside the fields. */
export interface TextContext {
  /** The text of the filter, which is highlighted. */
  readonly wanted: string;
  readonly frames: LogFrames;
}

/** Objects and arrays with more members are folded at first. */
const MAX_OPEN_MEMBERS = 20;
/** More members are added with a button. */
const MEMBERS_AT_ONCE = 200;

/** A stack or a list of messages: shown as lines, without indexes. */
function isLines({ kind, members = [] }: LogField): boolean {
  return kind === 'array' && members.length > 0 && members.every((member) => member.kind === 'string');
}

function folded({ kind, members = [] }: LogField): string {
  return kind === 'object' ? `{${members.length}}` : `[${members.length}]`;
}

function containerView(field: LogField, context: TextContext): HTMLElement {
  const { members = [] } = field;
  const details = document.createElement('details');
  const summary = create('summary', '', create('span', 'log-key', ...highlighted(field.key, context.wanted)));
  summary.append(create('span', 'log-folded', ` ${folded(field)}`));
  details.append(summary);
  // Large values are laid out when they are unfolded.
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(fieldsView(members, context));
  };
  details.addEventListener('toggle', fill);
  details.open = members.length <= MAX_OPEN_MEMBERS;
  fill();
  return details;
}

function* fieldView(field: LogField, context: TextContext): Generator<HTMLElement> {
  const { key, kind, text, members = [] } = field;
  if (members.length > 0 && !isLines(field)) {
    yield containerView(field, context);
    return;
  }
  const shown = isLines(field) ? members.map((member) => member.text).join('\n') : text;
  yield create('span', 'log-key', ...highlighted(key, context.wanted));
  yield create(
    'span',
    `log-value ${kind}`,
    ...(shown === '' ? ['""'] : linkedLines(shown, context.wanted, context.frames)),
  );
}

/** Fields with their values, nested and in their order. */
export function fieldsView(fields: readonly LogField[], context: TextContext): HTMLElement {
  const list = create('div', 'log-fields');
  let next = 0;
  const addMore = () => {
    const part = fields.slice(next, next + MEMBERS_AT_ONCE);
    next += part.length;
    list.append(...part.flatMap((field) => [...fieldView(field, context)]));
    if (next >= fields.length) return;
    const more = create('button', 'link', l10n.t('Show {0} more', fields.length - next)) as HTMLButtonElement;
    more.type = 'button';
    more.addEventListener('click', () => {
      more.remove();
      addMore();
    });
    list.append(more);
  };
  addMore();
  return list;
}
