import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { hasResponse, type InvocationResult } from '../../core/outcome/outcome.ts';
import { snapshotText } from '../../core/testing/checkResult.ts';
import type { Expectation } from '../../core/testing/expectation.ts';
import { readTestFile, writeTestFile, type TestFiles } from './testFiles.ts';

function filesOf(files: TestFiles | undefined): TestFiles {
  if (files === undefined) throw new InvokeError(message('testNeedsFolder'));
  return files;
}

/** The text of the snapshot. Undefined if there is none. Rejects with InvokeError if it can't be read. */
export async function readSnapshot(
  { snapshot }: Expectation,
  files: TestFiles | undefined,
): Promise<string | undefined> {
  return snapshot === undefined ? undefined : readTestFile(filesOf(files), snapshot);
}

/**
 * Writes the response as the snapshot, without the ignored paths. Returns the path of the snapshot. Rejects with
 * InvokeError if there is no response, or if the preset has no snapshot.
 */
export async function writeSnapshot(
  { outcome, Payload = new Uint8Array() }: InvocationResult,
  { snapshot, ignore }: Expectation,
  files: TestFiles | undefined,
): Promise<string> {
  if (snapshot === undefined) throw new InvokeError(message('snapshotNotNamed'));
  if (!hasResponse(outcome)) throw new InvokeError(message('snapshotNoResponse'));
  const text = snapshotText(Payload, ignore);
  if (typeof text !== 'string') throw new InvokeError(text.problem);
  await writeTestFile(filesOf(files), snapshot, text);
  return snapshot;
}
