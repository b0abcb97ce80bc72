/** An event of a log group in CloudWatch Logs, or a line of a local function. */
export interface LogEvent {
  /** Unique within its log group. */
  readonly id: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly timestamp: number;
  /** When CloudWatch Logs received it, in milliseconds since the epoch. */
  readonly ingestionTime?: number;
  readonly message: string;
  /** The name of the log group. */
  readonly logGroup: string;
  readonly logStream: string;
}

/** Which events of a log group to read. Times are inclusive, in milliseconds since the epoch. */
export interface LogQuery {
  /** The name of the log group, or its ARN if it's in another account. */
  readonly logGroup: string;
  readonly startTime: number;
  readonly endTime?: number;
  /** A filter pattern of CloudWatch Logs, such as `"4f0c…"` for a text. */
  readonly filterPattern?: string;
  readonly logStreams?: readonly string[];
}

/** The events of a second of Live Tail. */
export interface LiveTailUpdate {
  /** Without IDs, which Live Tail doesn't return. */
  readonly events: readonly Omit<LogEvent, 'id'>[];
  /** Whether these are a sample, because there were more than CloudWatch Logs returns in a second (500). */
  readonly isSampled: boolean;
}
