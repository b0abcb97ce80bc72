/**
 * Converts offsets (UTF-16 units) to 1-based lines. The offsets must be ascending, so that the text is scanned once.
 */
export function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let scannedTo = 0;
  return (offset) => {
    for (let at = text.indexOf('\n', scannedTo); at !== -1 && at < offset; at = text.indexOf('\n', scannedTo)) {
      line++;
      scannedTo = at + 1;
    }
    return line;
  };
}
