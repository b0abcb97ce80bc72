import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../../src/core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../../../../src/core/invocation/draft.ts';
import {
  formPreset,
  hasVerbatimVariables,
  presetDraft,
  updatedPreset,
  type FormContent,
} from '../../../../src/core/presets/formPreset.ts';
import type { OpenedPreset, Preset } from '../../../../src/core/presets/preset.ts';

const ALL = { savedParts: { profile: true, region: true, endpoint: true } };
const LOCAL: Connection = { kind: 'local' };

const toUri = (path: string) => `file:///${path}`;
const toPath = (uri: string) => uri.slice('file:///'.length);
const place = { store: 'file:///presets.json', index: 0 };

function content(draft: Partial<Draft>, connection: Connection = LOCAL): FormContent {
  return { draft: { ...EMPTY_DRAFT, FunctionName: 'f', ...draft }, connection, toPath };
}

/** Opens a preset in a form, changes it, and saves it. */
function update(
  raw: Preset,
  change: Partial<Draft> = {},
  options: { resolved?: Preset; connection?: Connection } = {},
) {
  const opened: OpenedPreset = { raw, ...place, resolved: options.resolved ?? raw };
  const draft = { ...presetDraft(opened, toUri), ...change };
  return updatedPreset(raw, { draft, connection: options.connection ?? LOCAL, toPath }, opened);
}

describe('a preset in a form', () => {
  test('shows its variables, which are resolved when it is invoked', () => {
    const raw: Preset = { name: 'a', FunctionName: 'f-${env:STAGE}', Payload: '{"id": "${uuid}"}' };
    expect(presetDraft({ raw }, toUri)).toMatchObject({
      FunctionName: 'f-${env:STAGE}',
      Payload: '{"id": "${uuid}"}',
      hasVariables: true,
      payloadFileVariables: false,
    });
  });

  test('without variables is sent verbatim', () => {
    expect(presetDraft({ raw: { name: '${x}', FunctionName: 'f' } }, toUri).hasVariables).toBe(false);
    expect(presetDraft({ raw: { name: 'a', FunctionName: 'f', Payload: '"$${x}"' } }, toUri).hasVariables).toBe(true);
  });

  test('shows the file at the resolved path, and whether its variables are resolved', () => {
    const raw: Preset = { name: 'a', FunctionName: 'f', payloadFile: '${env:D}/e.json', payloadFileVariables: true };
    const resolved = { ...raw, payloadFile: 'dir/e.json' };
    expect(presetDraft({ raw, resolved }, toUri)).toMatchObject({
      payloadKind: 'file',
      payloadFile: 'file:///dir/e.json',
      hasVariables: true,
      payloadFileVariables: true,
    });
  });
});

describe('saving to the same preset', () => {
  const raw: Preset = { name: 'a', group: 'g', FunctionName: 'f-${env:STAGE}', Payload: '{"id": "${uuid}"}' };

  test('writes the template text, and changes nothing else', () => {
    expect(update(raw)).toEqual(raw);
    expect(update(raw, { Payload: '{"id": "${now}"}', Qualifier: '$${kept}' })).toEqual({
      ...raw,
      Payload: '{"id": "${now}"}',
      Qualifier: '$${kept}',
    });
  });

  test('escapes text that the form sends verbatim', () => {
    const plain: Preset = { name: 'a', FunctionName: 'f', Payload: '"x"' };
    expect(update(plain, { Payload: '"${uuid}"' }).Payload).toBe('"$${uuid}"');
    expect(update(raw, { hasVariables: false })).toMatchObject({ FunctionName: 'f-$${env:STAGE}' });
  });

  test('preserves the variables of the connection and of the path if they still have their values', () => {
    const own: Preset = { name: 'a', FunctionName: 'f', payloadFile: '${env:D}/e.json', region: '${input:Region}' };
    const resolved = { ...own, payloadFile: 'd/e.json', region: 'eu-west-1' };
    const options = { resolved, connection: { kind: 'aws', profile: 'dev', region: 'eu-west-1' } } as const;
    expect(update(own, {}, options)).toEqual(own);
    const other = { resolved, connection: { kind: 'aws', profile: 'dev', region: 'us-east-1' } } as const;
    expect(update(own, { payloadFile: 'file:///d/${x}.json' }, other)).toEqual({
      ...own,
      payloadFile: 'd/$${x}.json',
      region: 'us-east-1',
    });
  });

  test('preserves them after a reload, when their values are unknown', () => {
    const own: Preset = { name: 'a', FunctionName: 'f', region: '${env:REGION}', profile: 'old' };
    const opened: OpenedPreset = { raw: own, ...place };
    const connection: Connection = { kind: 'aws', profile: 'new', region: 'eu-west-1' };
    expect(updatedPreset(own, content({}, connection), opened)).toMatchObject({
      region: '${env:REGION}',
      profile: 'new',
    });
  });

  test('adds a connection only if the preset has another kind of connection', () => {
    const chosen: Connection = { kind: 'aws', profile: 'dev', region: 'eu-west-1' };
    const without: Preset = { name: 'a', FunctionName: 'f' };
    expect(update(without, {}, { connection: LOCAL })).toEqual(without);
    expect(update(without, {}, { connection: chosen })).toEqual(without);
    expect(update({ ...without, endpoint: 'local' }, {}, { connection: chosen })).toEqual({
      ...without,
      profile: 'dev',
      region: 'eu-west-1',
    });
    expect(update({ ...without, profile: 'dev' }, {}, { connection: LOCAL })).toEqual({
      ...without,
      endpoint: 'local',
    });
  });

  test('as Event preserves fields for synchronous invocations', () => {
    const event: Preset = {
      name: 'a',
      FunctionName: 'f',
      InvocationType: 'Event',
      LogType: 'Tail',
      ClientContext: '{"custom":{}}',
    };
    expect(update(event, { FunctionName: 'g' })).toEqual({ ...event, FunctionName: 'g' });
    expect(update(event, { InvocationType: 'RequestResponse', ClientContext: '', LogType: 'None' })).toEqual({
      name: 'a',
      FunctionName: 'f',
      InvocationType: 'RequestResponse',
      LogType: 'None',
    });
  });

  test('preserves the variables in its file, unless they are sent verbatim', () => {
    const file: Preset = { name: 'a', FunctionName: 'f', payloadFile: 'e.json', payloadFileVariables: true };
    expect(update(file)).toEqual(file);
    expect(update(file, { hasVariables: false }).payloadFileVariables).toBeUndefined();
    expect(update(file, { payloadKind: 'typed', Payload: '{}' })).toEqual({
      name: 'a',
      FunctionName: 'f',
      Payload: '{}',
    });
  });
});

test('a new preset has the template text of the form, escaped if it is sent verbatim', () => {
  const draft = { FunctionName: '${env:F}', Payload: '"${uuid}"' };
  expect(formPreset('n', content({ ...draft, hasVariables: true }), ALL)).toMatchObject(draft);
  expect(formPreset('n', content(draft), ALL)).toMatchObject({ FunctionName: '$${env:F}', Payload: '"$${uuid}"' });
});

test('variables are offered only for valid ones in a form that sends them verbatim', () => {
  expect(hasVerbatimVariables({ ...EMPTY_DRAFT, Payload: '"${uuid}"' })).toBe(true);
  expect(hasVerbatimVariables({ ...EMPTY_DRAFT, Payload: '"${AWS::Region}"' })).toBe(false);
  expect(hasVerbatimVariables({ ...EMPTY_DRAFT, Payload: '"${uuid}"', hasVariables: true })).toBe(false);
});
