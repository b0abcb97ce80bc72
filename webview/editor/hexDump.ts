const ROW = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;

/** Formats the rows `from` to `to` of bytes as a hex dump: offset, bytes, and printable characters. */
export function hexRows(bytes: Uint8Array, from: number, to: number): string[] {
  const rows: string[] = [];
  for (let row = from; row < Math.min(to, Math.ceil(bytes.length / ROW)); row++) {
    const rowBytes = [...bytes.subarray(row * ROW, (row + 1) * ROW)];
    const hex = rowBytes.map((byte) => HEX[byte]).join(' ');
    const text = rowBytes.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${(row * ROW).toString(16).padStart(8, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${text}`);
  }
  return rows;
}
