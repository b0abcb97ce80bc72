/** The header of a message: `a5 5a 00` and a level, the length, and a timestamp in microseconds. */
const HEADER_BYTES = 16;

function isFrame(bytes: Buffer, at: number): boolean {
  return at + HEADER_BYTES <= bytes.byteLength && bytes.readUIntBE(at, 3) === 0xa55a00;
}

/**
 * Decodes the messages that the client frames for Lambda, each of which is one log event, into lines. Leaves other
 * output of the function unchanged.
 */
export function decodeLog(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength;) {
    if (!isFrame(bytes, at)) {
      parts.push(bytes.subarray(at, ++at));
      continue;
    }
    const end = at + HEADER_BYTES + bytes.readUInt32BE(at + 4);
    const message = bytes.subarray(at + HEADER_BYTES, end);
    parts.push(message);
    if (message.at(-1) !== 0x0a) parts.push(Buffer.from('\n'));
    at = end;
  }
  return Buffer.concat(parts).toString('utf8');
}
