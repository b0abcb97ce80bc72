/** An ISO 8601 time, as Lambda's runtimes and most loggers write it, also with a space or a comma. */
const TIME = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/g;
/** A UUID, such as a request ID, or the ID of an X-Ray trace. */
const ID = /\b[\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12}\b|\b1-[\da-f]{8}-[\da-f]{24}\b/g;
/** The ID of an X-Ray segment, which follows its name. */
const SEGMENT = /(SegmentId: |Parent=|parent=)[\da-f]{16}\b/g;
/** A duration, as in a REPORT line. */
const DURATION = /\b\d+(?:\.\d+)? ?ms\b/g;
/** The figures of a platform report in JSON. */
const JSON_DURATION = /("[a-zA-Z]*(?:Ms|DurationMs)"\s*:\s*)\d+(?:\.\d+)?/g;

/** Replaces what differs between any two invocations with `…`: times, durations, request IDs, and trace IDs. */
export function comparableLog(text: string): string {
  return text
    .replaceAll(TIME, '…')
    .replaceAll(ID, '…')
    .replaceAll(SEGMENT, '$1…')
    .replaceAll(DURATION, '… ms')
    .replaceAll(JSON_DURATION, '$1…');
}
