import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { comparableBody } from '../../core/compare/comparableBody.ts';
import type { CompareOptions } from '../../core/compare/compareOptions.ts';
import { requestText } from '../../core/compare/requestText.ts';
import { withoutAnsi } from '../../core/logs/ansi.ts';
import { comparableLog } from '../../core/logs/comparableLog.ts';
import { message } from '../../core/messages/messages.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { formatBytes } from '../../core/outcome/summary.ts';
import { labelled } from '../invoking/payloadFiles.ts';
import { sentence } from '../ui/localize.ts';
import type { ComparedSide } from './comparedSide.ts';

/** A part of a result as it's compared. */
export interface ComparedPart {
  readonly text: string;
  readonly isJson: boolean;
  /** Compared to find whether parts are identical, as received and as shown. Missing if the part is no longer available. */
  readonly identity?: { readonly received: string; readonly shown: string };
  /** Its end isn't in memory, so that equal texts don't mean equal parts. */
  readonly isPartial?: boolean;
}

/** Whether the two sides of a part are identical. */
export type PartMatch = 'none' | 'identical' | 'sameAsShown' | 'different' | 'unknown';

export function matchParts(left: ComparedPart, right: ComparedPart): PartMatch {
  const [one, other] = [left.identity, right.identity];
  if (one === undefined || other === undefined) return 'unknown';
  const isPartial = left.isPartial === true || right.isPartial === true;
  if (isPartial && one.shown === other.shown) return 'unknown';
  if (one.received === other.received) return one.received === '' ? 'none' : 'identical';
  return one.shown === other.shown ? 'sameAsShown' : 'different';
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const NONE = { received: '', shown: '' };

/** Why the bodies of a result are no longer available. */
function goneText({ ended: { result } }: ComparedSide): string {
  return sentence(result.outcome.notes.at(-1) ?? message('responseNotKept'));
}

/** The text for a body that can't be compared as text. */
function describeBytes(kind: 'binary' | 'large', bytes: Uint8Array): string {
  const size = formatBytes(bytes.byteLength);
  return kind === 'binary'
    ? vscode.l10n.t('Binary, {0}. SHA-256: {1}', size, sha256(bytes))
    : vscode.l10n.t('Too large to compare as text, {0}. SHA-256: {1}', size, sha256(bytes));
}

export function comparedResponse(side: ComparedSide, options: CompareOptions): ComparedPart {
  const { outcome, Payload } = side.ended.result;
  const hasBody = hasResponse(outcome) && outcome.responseBytes > 0;
  if (side.isDropped && hasBody) return { text: goneText(side), isJson: false };
  if (Payload === undefined || Payload.byteLength === 0) {
    return { text: vscode.l10n.t('No response'), isJson: false, identity: NONE };
  }
  const body = comparableBody(Payload, options);
  const received = sha256(Payload);
  const { stream } = outcome;
  const isPartial = stream !== undefined && stream.bufferedBytes < stream.bytes;
  if ('text' in body) {
    return { text: body.text, isJson: body.kind === 'json', identity: { received, shown: body.text }, isPartial };
  }
  const text = body.kind === 'empty' ? '' : describeBytes(body.kind, Payload);
  return { text, isJson: false, identity: { received, shown: received }, isPartial };
}

export function comparedLog(side: ComparedSide, { hidesTimes }: CompareOptions): ComparedPart {
  const { log = '', isDropped, ended } = side;
  const { outcome } = ended.result;
  const location = hasResponse(outcome) ? outcome.logTail?.location : undefined;
  if (log === '' || location !== undefined) {
    if (isDropped && hasResponse(outcome)) return { text: goneText(side), isJson: false };
    if (location === undefined) return { text: vscode.l10n.t('No log'), isJson: false, identity: NONE };
    const text = vscode.l10n.t('Not returned. See log group {0} in CloudWatch Logs.', location.logGroup);
    return { text, isJson: false };
  }
  const plain = withoutAnsi(log);
  const shown = hidesTimes ? comparableLog(plain) : plain;
  return { text: shown, isJson: false, identity: { received: plain, shown } };
}

export function comparedRequest(side: ComparedSide, { sortsKeys }: CompareOptions): ComparedPart {
  const { ended, isDropped } = side;
  const { invocation } = ended.order;
  const { sent } = ended.result;
  const { payload: source } = invocation;
  const payloadFile = source.kind === 'file' ? { payloadFile: labelled([source.uri])[0]?.label ?? source.uri } : {};
  const isGone = isDropped && source.kind !== 'none';
  const payload = sent === undefined ? undefined : comparableBody(sent, { sortsKeys, ignoredPaths: [] });
  const notes: string[] = [];
  if (isGone) notes.push(goneText(side));
  if (payload?.kind === 'text')
    notes.push(vscode.l10n.t("The payload isn't JSON, or nested too deeply. It's shown as a string."));
  if (sent !== undefined && (payload?.kind === 'binary' || payload?.kind === 'large')) {
    notes.push(describeBytes(payload.kind, sent));
  }
  const text = requestText({ invocation, ...payloadFile, ...(payload !== undefined && { payload }), notes });
  if (isGone) return { text, isJson: true };
  const { payload: _, ...fields } = invocation;
  const received = JSON.stringify([fields, sha256(sent ?? new Uint8Array())]);
  return { text, isJson: true, identity: { received, shown: text } };
}
