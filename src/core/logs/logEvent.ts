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
  /** The name of the log group, or its ARN for one of another account. */
  readonly logGroup: string;
  readonly startTime: number;
  readonly endTime?: number;
  /** A filter pattern of CloudWatch Logs, such as `"4f0c…"` for a text. */
  readonly filterPattern?: string;
  readonly logStreams?: readonly string[];
}

/** A second of a live tail. */
export interface LiveTailUpdate {
  /** Without IDs of CloudWatch Logs: Live Tail doesn't return them. */
  readonly events: readonly Omit<LogEvent, 'id'>[];
  /** There were more events than CloudWatch Logs returns in a second, and these are a sample. */
  readonly isSampled: boolean;
}
