import * as vscode from 'vscode';
import type { DebuggedProcess } from '../../core/functions/localFunctionView.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { withTimeout } from '../../core/async/withTimeout.ts';
import { debugs } from './debugConfiguration.ts';

/** The requests to a debug adapter that end debugging. Source: Debug Adapter Protocol. */
const ENDS: readonly unknown[] = ['disconnect', 'terminate'];

/** How long to wait for the end of a session, in milliseconds. */
const MAX_WAIT_MS = 30_000;

interface FollowedProcess extends Pick<DebuggedProcess, 'pid'> {
  readonly name: string;
  /** Kills the process, which ends its sessions. Never rejects. */
  readonly stop: () => Promise<unknown>;
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}

/** The session that attached to a process and those that the JavaScript debugger has opened in it. */
class ProcessSessions {
  readonly process: FollowedProcess;
  /** Resolves when VS Code has ended all of them. */
  readonly ended: Promise<void>;
  readonly #address: string;
  readonly #ids = new Set<string>();
  #isEnding = false;
  #onEnded: () => void = () => undefined;

  constructor(address: string, process: FollowedProcess) {
    this.#address = address;
    this.process = process;
    this.ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
  }

  add(session: vscode.DebugSession): void {
    const { id, parentSession } = session;
    const isChild = parentSession !== undefined && this.#ids.has(parentSession.id);
    if (isChild || debugs(this.#address, session)) this.#ids.add(id);
  }

  /** Whether it's the session that attached to the process. */
  isRoot(session: vscode.DebugSession): boolean {
    return debugs(this.#address, session);
  }

  remove({ id, parentSession }: vscode.DebugSession): void {
    if (!this.#ids.delete(id)) return;
    if (parentSession === undefined) {
      this.#isEnding = true;
      void this.process.stop();
    }
    if (this.#isEnding && this.#ids.size === 0) this.#onEnded();
  }

  /** No session will follow. */
  abandon(): void {
    this.#onEnded();
  }
}

/** The debug sessions of local functions, until VS Code has ended them. */
export class DebugSessions implements vscode.Disposable {
  readonly #all = new Map<string, ProcessSessions>();
  readonly #owned: vscode.Disposable[] = [];

  /**
   * Follows the sessions of a process until they have ended. Kills the process when the session that attached to its
   * debugger's address ends.
   */
  follow(address: string, process: FollowedProcess): void {
    if (this.#owned.length === 0) this.#listen();
    const sessions = new ProcessSessions(address, process);
    this.#all.set(address, sessions);
    void sessions.ended.then(() => this.#all.delete(address));
  }

  /** Stops following a process to which VS Code didn't attach. */
  forget(address: string): void {
    this.#all.get(address)?.abandon();
  }

  /** Ends the sessions of a function and waits until VS Code has ended them. Waits 30 s at most. */
  async end(name: string): Promise<void> {
    const own = [...this.#all.values()].filter(({ process }) => process.name === name);
    await Promise.all(own.map(({ process }) => process.stop()));
    await withTimeout(Promise.all(own.map(({ ended }) => ended)), MAX_WAIT_MS);
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  /**
   * Kills the process before its debugger receives the request to disconnect, because a function at a breakpoint would
   * continue. A request to the local endpoint would arrive too late.
   */
  #trackerOf(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const sessions = [...this.#all.values()].find((each) => each.isRoot(session));
    if (sessions === undefined) return undefined;
    let isEnding = false; // its process ID might be reused afterwards
    return {
      onWillReceiveMessage(message: unknown) {
        if (isEnding || !isRecord(message) || !ENDS.includes(message['command'])) return;
        isEnding = true;
        killProcess(sessions.process.pid);
      },
      onDidSendMessage(message: unknown) {
        if (isRecord(message) && message['event'] === 'terminated') isEnding = true;
      },
    };
  }

  #listen(): void {
    const onStart = (session: vscode.DebugSession) => {
      for (const sessions of this.#all.values()) sessions.add(session);
    };
    const onEnd = (session: vscode.DebugSession) => {
      for (const sessions of this.#all.values()) sessions.remove(session);
    };
    const createDebugAdapterTracker = (session: vscode.DebugSession) => this.#trackerOf(session);
    this.#owned.push(vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker }));
    vscode.debug.onDidStartDebugSession(onStart, undefined, this.#owned);
    vscode.debug.onDidTerminateDebugSession(onEnd, undefined, this.#owned);
  }
}
