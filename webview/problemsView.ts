import type { Field, Problem } from '../src/core/validate.ts';
import { sentence } from './localize.ts';

/** Shows each problem beside its field; a field without one shows none. */
export function showProblems(problems: readonly Problem[]): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-problem]')) {
    const field = place.dataset['problem'];
    const text = problems
      .filter((problem) => problem.field === field)
      .map((problem) => sentence(problem.message))
      .join(' ');
    if (place.textContent !== text) place.textContent = text;
    const input = field === undefined ? null : document.getElementById(field);
    if (text === '') input?.removeAttribute('aria-invalid');
    else input?.setAttribute('aria-invalid', 'true');
  }
}

/** Brings the first field with a problem into view and gives it the focus. */
export function focusProblem(field: Field): void {
  const input = document.getElementById(field);
  const details = input?.closest('details');
  if (details) details.open = true;
  input?.scrollIntoView({ block: 'nearest' });
  input?.focus();
}
