import { LIMITS } from '../core/limits.ts';

/** What REPORT says of one invocation. Times in milliseconds, memory in MB. */
export interface Figures {
  readonly durationMs: number;
  readonly memorySize: number;
  /** Absent where the system does not tell. */
  readonly maxMemoryUsedMB?: number;
  readonly initDurationMs?: number;
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
}

/** More of one invocation's log than this is not kept; Lambda hands out the last 4 KB. In bytes. */
const MOST_BYTES = 1_048_576;

/** The log of one invocation in Lambda's text format, from START to REPORT. */
export class InvocationLog {
  readonly #requestId: string;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(requestId: string) {
    this.#requestId = requestId;
    this.#line(`START RequestId: ${requestId} Version: $LATEST`);
  }

  append(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.byteLength;
    while (this.#length > MOST_BYTES && this.#chunks.length > 1) this.#length -= this.#chunks.shift()?.byteLength ?? 0;
  }

  /** A line of the platform's own, such as the message of a timeout. */
  platform(text: string): void {
    this.#line(text);
  }

  end(figures: Figures): void {
    const ms = (value: number) => value.toFixed(2);
    const billed = Math.ceil(figures.durationMs + (figures.initDurationMs ?? 0));
    const fields = [
      `REPORT RequestId: ${this.#requestId}`,
      `Duration: ${ms(figures.durationMs)} ms`,
      `Billed Duration: ${billed} ms`,
      `Memory Size: ${figures.memorySize} MB`,
      ...(figures.maxMemoryUsedMB === undefined ? [] : [`Max Memory Used: ${figures.maxMemoryUsedMB} MB`]),
      ...(figures.initDurationMs === undefined ? [] : [`Init Duration: ${ms(figures.initDurationMs)} ms`]),
      ...(figures.status === undefined ? [] : [`Status: ${figures.status}`]),
      ...(figures.errorType === undefined ? [] : [`Error Type: ${figures.errorType}`]),
    ];
    this.#line(`END RequestId: ${this.#requestId}`);
    this.#line(`${fields.join('\t')}\t`);
  }

  /** The last 4,096 bytes, wherever that cuts: as Lambda does. */
  tail(): Buffer {
    const whole = Buffer.concat(this.#chunks);
    return whole.subarray(Math.max(0, whole.byteLength - LIMITS.logTail));
  }

  #line(text: string): void {
    const last = this.#chunks.at(-1);
    const needsBreak = last !== undefined && last.at(-1) !== 0x0a;
    this.append(Buffer.from(`${needsBreak ? '\n' : ''}${text}\n`));
  }
}
