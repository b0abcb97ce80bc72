import type { LiveLogPart } from '../../core/logs/liveLogPart.ts';

/** How long the lines of an invocation are collected before they are passed on, in milliseconds. */
const BATCH_MS = 25;

/** The maximum length of the lines that wait for a follower, in characters. */
const MAX_WAITING = 1_048_576;

/** The maximum size of a line without its end, in bytes. */
const MAX_OPEN_LINE = 262_144;

const NEWLINE = 0x0a;

/** The lines that wait for a follower. Drops all of them if there are too many. */
class Waiting {
  #texts = new Map<string, string[]>();
  #size = 0;
  #hasDropped = false;

  add(requestId: string, text: string): void {
    if (this.#size + text.length > MAX_WAITING) {
      this.#texts.clear();
      this.#size = 0;
      this.#hasDropped = true;
    }
    this.#size += text.length;
    const texts = this.#texts.get(requestId);
    if (texts === undefined) this.#texts.set(requestId, [text]);
    else texts.push(text);
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  take(): LiveLogPart {
    const texts = [...this.#texts.values()].map((parts) => parts.join(''));
    const part = { texts, ...(this.#hasDropped && { hasDropped: true as const }) };
    this.#texts = new Map();
    this.#size = 0;
    this.#hasDropped = false;
    return part;
  }
}

interface Follower {
  readonly name: string;
  readonly waiting: Waiting;
  /** The pending read. */
  resolve?: ((part: LiveLogPart | undefined) => void) | undefined;
  timer?: NodeJS.Timeout | undefined;
}

/** The logs of running functions, as they're written. Stores nothing for functions that aren't followed. */
export class LiveLogs {
  readonly #followers = new Map<number, Follower>();
  /** The starts of lines by request ID. */
  readonly #openLines = new Map<string, Buffer[]>();
  #lastId = 0;

  /** Starts following a function. Returns the ID for `read` and `close`. */
  open(name: string): number {
    const id = ++this.#lastId;
    this.#followers.set(id, { name, waiting: new Waiting() });
    return id;
  }

  /** The next lines, once there are any. Undefined after `close`. */
  async read(id: number): Promise<LiveLogPart | undefined> {
    const follower = this.#followers.get(id);
    if (follower === undefined) return undefined;
    follower.resolve?.(undefined);
    return new Promise((resolve) => {
      follower.resolve = resolve;
      if (!follower.waiting.isEmpty) this.#passOn(follower);
    });
  }

  close(id: number): void {
    const follower = this.#followers.get(id);
    this.#followers.delete(id);
    clearTimeout(follower?.timer);
    follower?.resolve?.(undefined);
  }

  /** Adds what an invocation has written. */
  write(name: string, requestId: string, bytes: Buffer): void {
    const followers = this.#followersOf(name);
    if (followers.length === 0) return void this.#openLines.delete(requestId);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    const open = this.#openLines.get(requestId) ?? [];
    if (end === 0) {
      open.push(bytes);
      this.#openLines.set(requestId, open);
      if (open.reduce((sum, { byteLength }) => sum + byteLength, 0) > MAX_OPEN_LINE) this.end(name, requestId);
      return;
    }
    this.#openLines.delete(requestId);
    if (end < bytes.byteLength) this.#openLines.set(requestId, [bytes.subarray(end)]);
    this.#add(followers, requestId, Buffer.concat([...open, bytes.subarray(0, end)]));
  }

  /** Completes the last line of an invocation that has ended. */
  end(name: string, requestId: string): void {
    const open = this.#openLines.get(requestId);
    this.#openLines.delete(requestId);
    if (open !== undefined) this.#add(this.#followersOf(name), requestId, Buffer.concat(open));
  }

  #followersOf(name: string): Follower[] {
    return this.#followers.size === 0 ? [] : [...this.#followers.values()].filter((each) => each.name === name);
  }

  #add(followers: readonly Follower[], requestId: string, lines: Buffer): void {
    const text = lines.toString('utf8');
    for (const follower of followers) {
      follower.waiting.add(requestId, text);
      this.#passOn(follower);
    }
  }

  #passOn(follower: Follower): void {
    follower.timer ??= setTimeout(() => {
      follower.timer = undefined;
      const { resolve, waiting } = follower;
      if (resolve === undefined || waiting.isEmpty) return;
      follower.resolve = undefined;
      resolve(waiting.take());
    }, BATCH_MS);
  }
}
