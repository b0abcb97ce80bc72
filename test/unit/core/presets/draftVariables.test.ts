import { expect, test } from 'vitest';
import { EMPTY_DRAFT, toInvocation, type Draft } from '../../../../src/core/invocation/draft.ts';
import { payloadTextProblems, validateFields } from '../../../../src/core/invocation/validate.ts';
import {
  offersVariables,
  problemsWithVariables,
  maskDraftVariables,
} from '../../../../src/core/presets/draftVariables.ts';

const draftOf = (draft: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, FunctionName: 'f', ...draft });

/** The problems of a form as `field code`. */
function problemsOf(draft: Draft): string[] {
  const checked = maskDraftVariables(draft);
  const found = [...validateFields(toInvocation(checked)), ...payloadTextProblems(checked.Payload)];
  return problemsWithVariables(found, draft).map(({ field, message }) => `${field} ${message.code}`);
}

test('the checkbox is offered for valid variables, and as long as texts are resolved', () => {
  expect(offersVariables(draftOf({ Payload: '"${uuid}"' }))).toBe(true);
  expect(offersVariables(draftOf({ Qualifier: '${env:STAGE}' }))).toBe(true);
  expect(offersVariables(draftOf({ Payload: '"${AWS::Region}"' }))).toBe(false);
  expect(offersVariables(draftOf({ Payload: '"${AWS::Region}"', hasVariables: true }))).toBe(true);
  expect(offersVariables(draftOf({ hasVariables: true }))).toBe(false);
  const file = draftOf({ payloadKind: 'file', payloadFile: 'file:///a.json', Payload: '"${uuid}"' });
  expect(offersVariables(file)).toBe(false);
  expect(offersVariables({ ...file, payloadFileVariables: true })).toBe(true);
});

test('texts with variables are valid if they can be valid once they are resolved', () => {
  const resolved = draftOf({
    FunctionName: 'arn:aws:lambda:${env:REGION}:123456789012:function:f',
    Qualifier: '${input:Version}',
    ClientContext: '{"custom": ${env:CONTEXT}}',
    Payload: '{"n": ${now:epoch}, "id": "${uuid}"}',
    hasVariables: true,
  });
  expect(problemsOf(resolved)).toEqual([]);
  expect(problemsOf({ ...resolved, Payload: '{"n": ${now:epoch}' })).toEqual(['Payload payloadNotJson']);
});

test('unknown variables are errors only where they are resolved', () => {
  expect(problemsOf(draftOf({ Payload: '"${nobody}"' }))).toEqual([]);
  expect(problemsOf(draftOf({ Payload: '"${nobody}"', hasVariables: true }))).toEqual(['Payload variableUnknown']);
});

test('text that is sent verbatim is validated as it is', () => {
  expect(problemsOf(draftOf({ Payload: '{"n": ${now:epoch}}' }))).toEqual(['Payload payloadNotJson']);
});
