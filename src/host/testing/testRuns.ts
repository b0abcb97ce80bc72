import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import { checkEnded, runTest, type ResolvedTest, type TestResult } from '../../app/testing/runTest.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { verdictOf } from '../../core/outcome/verdict.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { shownDuration } from '../../core/outcome/shownDuration.ts';
import type { Expectation } from '../../core/testing/expectation.ts';
import { testName } from '../../core/testing/presetTest.ts';
import type { Connections } from '../connections/connections.ts';
import type { FunctionCommands } from '../functions/commands.ts';
import { notifyError } from '../notify.ts';
import type { Presets } from '../presets/commands.ts';
import type { PresetFiles } from '../presets/presetFiles.ts';
import type { PresetRunner } from '../presets/presetRunner.ts';
import type { Answers } from '../presets/presetVariables.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';
import { verdictText } from '../ui/verdictText.ts';
import { confirmTests } from './confirmTests.ts';
import type { LastResults } from './lastResults.ts';
import { createLocate, toErrorMessage, toTestMessage, type Locate } from './testMessages.ts';
import type { RunnableTest } from './testNodes.ts';
import { toTerminal } from './testOutput.ts';

export interface TestRunsDependencies {
  readonly controller: vscode.TestController;
  readonly invocations: Pick<Invocations, 'start'>;
  readonly connections: Pick<Connections, 'describe' | 'identify' | 'confirmPatterns'>;
  readonly files: Pick<PresetFiles, 'text'>;
  readonly runner: Pick<PresetRunner, 'testOrder'>;
  readonly testFiles: Presets['testFiles'];
  /** Starts a debugger, and returns what to invoke on Local. Undefined if a required extension is missing. */
  readonly debug: FunctionCommands['debug'];
  readonly wholeLog: (ended: EndedInvocation) => Promise<string | undefined>;
  readonly results: LastResults;
}

export interface TestRunOptions {
  readonly token: vscode.CancellationToken;
  readonly isDebug: boolean;
  /** Runs only what is on Local, and also tests that another run runs: their code has changed. */
  readonly isContinuous?: boolean;
  /** Answers to prompts, which are asked once per run. */
  readonly answers?: Answers;
}

/** A test with the values of its variables. */
interface Resolved extends RunnableTest {
  readonly name: string;
  /** With Local as the connection, if it's debugged. */
  readonly order: ResolvedTest['order'];
  /** The connection of the preset. */
  readonly connection: Connection;
  readonly expect: string;
}

interface ResolveOptions {
  readonly run: vscode.TestRun;
  readonly answers: Answers;
  readonly signal: AbortSignal;
  readonly isDebug: boolean;
  readonly isContinuous: boolean;
  readonly locate: Locate;
}

const LOCAL: Connection = { kind: 'local' };

/** Runs tests one after another, and reports them to VS Code. */
export class TestRuns {
  readonly #dependencies: TestRunsDependencies;
  /** The tests that are queued or running, and their runs. A second click doesn't run them again. */
  readonly #active = new Map<vscode.TestItem, AbortController>();

  constructor(dependencies: TestRunsDependencies) {
    this.#dependencies = dependencies;
  }

  async run(
    all: readonly RunnableTest[],
    request: vscode.TestRunRequest,
    { token, isDebug, isContinuous = false, answers = new Map() }: TestRunOptions,
  ): Promise<void> {
    const tests = isContinuous ? all : all.filter(({ item }) => !this.#active.has(item));
    if (tests.length === 0 && all.length > 0) return;
    const abort = new AbortController();
    const release = ({ item }: Pick<RunnableTest, 'item'>): void => {
      if (this.#active.get(item) === abort) this.#active.delete(item);
    };
    for (const { item } of tests) this.#active.set(item, abort);
    const run = this.#dependencies.controller.createTestRun(request);
    const stop = () => {
      abort.abort();
      // A stopped test can be run again at once.
      for (const test of tests) release(test);
    };
    const listening = [token, run.token].map((one) => one.onCancellationRequested(stop));
    if (token.isCancellationRequested) stop();
    const { signal } = abort;
    try {
      for (const { item } of tests) run.enqueued(item);
      const locate = await this.#locate(tests);
      const resolved = await this.#resolveAll(tests, { run, answers, signal, isDebug, isContinuous, locate });
      // Invalid tests can be run again as soon as they're corrected.
      const valid = new Set(resolved?.map(({ item }) => item));
      for (const test of tests) if (!valid.has(test.item)) release(test);
      const confirmed = resolved && (await confirmTests(resolved, this.#dependencies.connections, signal));
      for (const test of resolved ?? []) {
        if (confirmed === undefined || signal.aborted) run.skipped(test.item);
        else {
          const order = confirmed.has(test) ? { ...test.order, isConfirmed: true } : test.order;
          await this.#runOne({ ...test, order }, { run, locate, signal, isDebug });
          release(test);
        }
      }
    } catch (error) {
      notifyError(error);
    } finally {
      for (const one of listening) one.dispose();
      for (const test of tests) release(test);
      run.end();
    }
  }

  /** Checks an invocation that has ended, without invoking. */
  async check(
    { item, stored }: Pick<RunnableTest, 'item' | 'stored'>,
    { ended, expectation, name }: { ended: EndedInvocation; expectation: Expectation; name: string },
  ): Promise<number> {
    const { controller, wholeLog, results } = this.#dependencies;
    const files = this.#dependencies.testFiles(stored.store);
    const failures = await checkEnded(ended, expectation, { files, wholeLog });
    const run = controller.createTestRun(new vscode.TestRunRequest([item]), name, false);
    const locate = await this.#locate([{ stored }]);
    results.set(item, { invocationId: ended.invocationId, expect: stored.preset.expect, expectation });
    await this.#appendLog(run, ended, item);
    this.#report({ item, stored }, { kind: 'checked', failures, expectation, ended }, { run, locate });
    run.end();
    return failures.length;
  }

  async #locate(tests: readonly Pick<RunnableTest, 'stored'>[]): Promise<Locate> {
    const { files } = this.#dependencies;
    const texts = new Map<string, string>();
    for (const { stored } of tests) {
      const id = stored.store.uri.toString();
      if (!texts.has(id)) texts.set(id, (await files.text(stored.store)) ?? '');
    }
    return createLocate((uri) => texts.get(uri.toString()) ?? '');
  }

  /** All before the first one runs, so that prompts and the confirmation come first. Undefined if a prompt is canceled. */
  async #resolveAll(
    tests: readonly RunnableTest[],
    { run, answers, signal, isDebug, isContinuous, locate }: ResolveOptions,
  ): Promise<Resolved[] | undefined> {
    const resolved: Resolved[] = [];
    for (const [at, one] of tests.entries()) {
      try {
        if (one.problem !== undefined) throw new InvokeError(one.problem);
        const { testCase } = one.test;
        const ready = signal.aborted
          ? undefined
          : await this.#dependencies.runner.testOrder(one.stored, { answers, testCase });
        if (ready === undefined) {
          for (const { item } of [...resolved, ...tests.slice(at)]) run.skipped(item);
          return undefined;
        }
        const { order, expect } = ready;
        const { connection } = order;
        // The connection can have been switched during a prompt.
        if (isContinuous && connection.kind !== 'local') {
          run.skipped(one.item);
          continue;
        }
        const runs = isDebug ? { ...order, connection: LOCAL } : order;
        resolved.push({ ...one, order: runs, connection, expect, name: testName(one.test) });
      } catch (error) {
        run.errored(one.item, toErrorMessage(error, locate(one.stored, [])));
      }
    }
    return resolved;
  }

  async #runOne(
    test: Resolved,
    { isDebug, ...context }: { run: vscode.TestRun; locate: Locate; signal: AbortSignal; isDebug: boolean },
  ): Promise<void> {
    const { invocations, wholeLog, results } = this.#dependencies;
    const { run, signal } = context;
    const { item, stored } = test;
    run.started(item);
    const files = this.#dependencies.testFiles(stored.store);
    try {
      const order = isDebug ? await this.#debugOrder(test) : test.order;
      const resolve = () => Promise.resolve(order && { order, expect: test.expect });
      const result = await runTest(test.test, { invocations, resolve, files, wholeLog, newId: randomUUID }, signal);
      if (result.kind === 'checked') {
        const { ended, expectation } = result;
        results.set(item, { invocationId: ended.invocationId, expect: stored.preset.expect, expectation });
      }
      if ('ended' in result && result.ended !== undefined) await this.#appendLog(run, result.ended, item);
      this.#report(test, result, context);
    } catch (error) {
      run.errored(item, toErrorMessage(error, context.locate(stored, [])));
    }
  }

  /** Starts the debugger. Undefined if a required extension is missing. */
  async #debugOrder({ order, connection }: Resolved): Promise<ResolvedTest['order'] | undefined> {
    const invocation = await this.#dependencies.debug(order.invocation, connection, order.environment);
    return invocation && { ...order, invocation };
  }

  async #appendLog(run: vscode.TestRun, ended: EndedInvocation, item: vscode.TestItem): Promise<void> {
    const { order, result } = ended;
    const { outcome } = result;
    const verdict = verdictOf(outcome);
    const duration = shownDuration(outcome, verdict);
    const head = [describeOrder(order), verdictText(verdict), ...(duration === undefined ? [] : [duration])].join(
      ' · ',
    );
    const log =
      (await this.#dependencies.wholeLog(ended)) ?? (hasResponse(outcome) ? outcome.logTail?.text : undefined);
    run.appendOutput(toTerminal(`${head}\n${log ?? ''}\n`), undefined, item);
  }

  #report(
    { item, stored }: Pick<RunnableTest, 'item' | 'stored'>,
    result: TestResult,
    { run, locate }: { run: vscode.TestRun; locate: Locate },
  ): void {
    switch (result.kind) {
      case 'skipped':
        return run.skipped(item);
      case 'errored': {
        const failure = { steps: [], message: result.reason };
        return run.errored(item, toTestMessage(failure, { stored, locate, hasSnapshot: false }));
      }
      case 'checked': {
        const { failures, expectation, ended } = result;
        const { clientMs } = ended.result.outcome;
        if (failures.length === 0) return run.passed(item, clientMs);
        const hasSnapshot = expectation.snapshot !== undefined;
        const messages = failures.map((failure) => toTestMessage(failure, { stored, locate, hasSnapshot }));
        return run.failed(item, messages, clientMs);
      }
    }
  }
}
