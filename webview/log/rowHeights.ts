/** The heights of rows: one height for all, except for expanded rows. In pixels. */
export class RowHeights {
  /** The height of a collapsed row. */
  base = 20;
  /** How much higher expanded rows are, by their position. */
  readonly #extra = new Map<number, number>();

  /** Sets the height of an expanded row. Returns whether it has changed. */
  set(position: number, height: number): boolean {
    const extra = height - this.base;
    if (this.#extra.get(position) === extra) return false;
    this.#extra.set(position, extra);
    return true;
  }

  reset(position: number): void {
    this.#extra.delete(position);
  }

  /** Forgets the first rows. The others move up. */
  dropFirst(count: number): void {
    const extra = [...this.#extra].filter(([position]) => position >= count);
    this.#extra.clear();
    for (const [position, height] of extra) this.#extra.set(position - count, height);
  }

  clear(): void {
    this.#extra.clear();
  }

  /** The offset of a row from the first one. */
  offset(position: number): number {
    let offset = position * this.base;
    for (const [at, extra] of this.#extra) if (at < position) offset += extra;
    return offset;
  }

  /** The row at an offset. */
  positionAt(offset: number): number {
    let before = 0;
    for (const [at, extra] of [...this.#extra].toSorted(([a], [b]) => a - b)) {
      const start = at * this.base + before;
      if (offset < start) break;
      if (offset < start + this.base + extra) return at;
      before += extra;
    }
    return Math.max(0, Math.floor((offset - before) / this.base));
  }
}
