/** Messages about the whole log of a request, by code. */
export const WHOLE_LOG_SENTENCES = {
  wholeLogNoRequest: 'This invocation has no log in CloudWatch Logs, because Lambda returned no request ID.',
  wholeLogNotYet:
    "CloudWatch Logs has no events of this request yet. Try again in a moment, or check whether the function's role can write logs.",
  wholeLogNothing:
    'The log group {0} has no events of this request. They might be older than its retention period, or in another log group.',
  wholeLogNoReport:
    "The report of this request isn't in CloudWatch Logs yet, so later lines might be missing. Try again in a moment.",
  wholeLogReportMissing:
    'The log group {0} has no report of this request. Lines without its request ID might be missing.',
  wholeLogReportHidden:
    "The function's system log level hides the report. Lines without the request ID might be missing.",
  wholeLogShared: 'Several requests share this log stream. Only the lines with the request ID are shown.',
  wholeLogTruncated: 'The log has {0} events. {1} events in the middle are omitted.',
  wholeLogGap: '{0} events are omitted here.',
  wholeLogAttempts: 'Attempts so far: {0}. Lambda retries a failed event up to two times.',
  wholeLogDefaultGroup: "The function's configuration can't be read. The default log group {0} was used.",
} as const;
