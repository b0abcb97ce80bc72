/** A picture that covers a part of the previous ones. Positions and sizes are even numbers of pixels. */
export interface AnimationFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A still WebP. */
  readonly bytes: Buffer;
  readonly ms: number;
}

function uint24(value: number): Buffer {
  return Buffer.from([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff]);
}

function chunk(name: string, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.byteLength);
  const padding = Buffer.alloc(data.byteLength % 2);
  return Buffer.concat([Buffer.from(name), size, data, padding]);
}

/** The image chunk of a still WebP. */
function imageChunk(still: Buffer): Buffer {
  for (let at = 12; at < still.byteLength;) {
    const name = still.toString('latin1', at, at + 4);
    const size = still.readUInt32LE(at + 4);
    if (name === 'VP8 ' || name === 'VP8L') return chunk(name, still.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  throw new Error('The still picture has no image data');
}

/** An animated WebP that loops forever (WebP container specification: VP8X, ANIM, ANMF). */
export function animatedWebp(canvas: { width: number; height: number }, frames: readonly AnimationFrame[]): Buffer {
  const ANIMATED = 0x02;
  const head = chunk('VP8X', Buffer.from([ANIMATED, 0, 0, 0]), uint24(canvas.width - 1), uint24(canvas.height - 1));
  const loop = chunk('ANIM', Buffer.from([0, 0, 0, 255]), Buffer.from([0, 0]));
  const parts = frames.map(({ x, y, width, height, bytes, ms }) =>
    chunk('ANMF', ...[x / 2, y / 2, width - 1, height - 1, ms].map(uint24), Buffer.from([0]), imageChunk(bytes)),
  );
  return chunk('RIFF', Buffer.from('WEBP'), head, loop, ...parts);
}
