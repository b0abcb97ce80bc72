import { errorsOf, type Field, type Problem } from '../../src/core/invocation/validate.ts';
import { create } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';

function problemView({ message, isWarning }: Problem): HTMLElement {
  const [kind, sign] = isWarning === true ? (['warning', 'warning'] as const) : (['error', 'bad'] as const);
  return create('span', kind, icon(sign), sentence(message));
}

/** Shows each problem beside its field, errors told apart from warnings; a field without one shows none. */
export function showProblems(problems: readonly Problem[]): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-problem]')) {
    const field = place.dataset['problem'];
    const own = problems.filter((problem) => problem.field === field);
    const views = own.map(problemView);
    // What is said already is not said again: a live region would repeat it with every key.
    if (place.textContent !== views.map((view) => view.textContent).join('')) place.replaceChildren(...views);
    const input = field === undefined ? null : document.getElementById(field);
    if (errorsOf(own).length === 0) input?.removeAttribute('aria-invalid');
    else input?.setAttribute('aria-invalid', 'true');
  }
}

/** Whether nothing but the payload's JSON keeps the invocation from being sent. */
export function isOnlyNotJson(problems: readonly Problem[]): boolean {
  const errors = errorsOf(problems);
  return errors.length > 0 && errors.every(({ message }) => message.code === 'payloadNotJson');
}

/** Brings the first field with a problem into view and gives it the focus. */
export function focusProblem(field: Field): void {
  const input = document.getElementById(field);
  const details = input?.closest('details');
  if (details) details.open = true;
  input?.scrollIntoView({ block: 'nearest' });
  input?.focus();
}
