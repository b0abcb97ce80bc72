import { errorsOf, type Field, type Problem } from '../../src/core/invocation/validate.ts';
import { byId, create } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';
import { openForProblems } from './optionsView.ts';

function problemView({ message, isWarning }: Problem): HTMLElement {
  const [kind, sign] = isWarning === true ? (['warning', 'warning'] as const) : (['error', 'error'] as const);
  return create('span', kind, icon(sign), sentence(message));
}

/** Shows errors and warnings next to their fields. */
export function showProblems(problems: readonly Problem[]): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-problem]')) {
    const field = place.dataset['problem'];
    const fieldProblems = problems.filter((problem) => problem.field === field);
    const views = fieldProblems.map(problemView);
    // Skip unchanged problems: a live region would repeat them with every key.
    if (place.textContent !== views.map((view) => view.textContent).join('')) place.replaceChildren(...views);
    const input = field === undefined ? null : document.getElementById(field);
    if (errorsOf(fieldProblems).length === 0) input?.removeAttribute('aria-invalid');
    else input?.setAttribute('aria-invalid', 'true');
  }
  openForProblems(problems.map(({ field }) => field));
  byId('send-as-is').hidden = !isOnlyNotJson(problems);
}

/** Whether invalid JSON in the payload is the only error. */
export function isOnlyNotJson(problems: readonly Problem[]): boolean {
  const errors = errorsOf(problems);
  return errors.length > 0 && errors.every(({ message }) => message.code === 'payloadNotJson');
}

/** Scrolls to the field and focuses it. */
export function focusProblem(field: Field): void {
  const input = document.getElementById(field);
  const details = input?.closest('details');
  if (details) details.open = true;
  const shown = field === 'Payload' && input?.checkVisibility() === false ? byId('file-menu') : input;
  shown?.scrollIntoView({ block: 'nearest' });
  // Ctrl+Enter in the payload's editor leaves the focus there.
  if (document.hasFocus()) shown?.focus();
}
