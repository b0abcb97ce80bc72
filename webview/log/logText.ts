import { matchParts } from '../../src/core/logs/logFilter.ts';
import { create, setTitle } from '../dom.ts';

/** A line of a stack trace whose file is in the workspace. */
export interface LogFrame {
  /** The line without the spaces around it. */
  readonly text: string;
  /** The range of the location in it. */
  readonly start: number;
  readonly end: number;
  /** The file and line in the workspace. */
  readonly label: string;
  readonly open: () => void;
}

export type LogFrames = ReadonlyMap<string, LogFrame>;

/** A text with the matches of the filter highlighted. */
export function highlighted(text: string, wanted: string): Node[] {
  return matchParts(text, wanted).map((part) => create(part.isMatch ? 'mark' : 'span', '', part.text));
}

function frameLink({ text, start, end, label, open }: LogFrame, wanted: string): HTMLElement {
  // Not a button, because its text wouldn't wrap.
  const link = create('span', 'link', ...highlighted(text.slice(start, end), wanted));
  link.tabIndex = 0;
  link.setAttribute('role', 'link');
  setTitle(link, label);
  link.addEventListener('click', open);
  link.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.stopPropagation(); // Enter would collapse the row
    open();
  });
  return link;
}

/** Lines of text, with links in the lines of a stack trace whose file is in the workspace. */
export function linkedLines(text: string, wanted: string, frames: LogFrames): Node[] {
  const nodes: Node[] = [];
  let plain = '';
  const addPlain = () => {
    nodes.push(...highlighted(plain, wanted));
    plain = '';
  };
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) plain += '\n';
    const frame = frames.size === 0 ? undefined : frames.get(line.trim());
    if (frame === undefined) {
      plain += line;
      continue;
    }
    const indent = line.length - line.trimStart().length;
    plain += line.slice(0, indent + frame.start);
    addPlain();
    nodes.push(frameLink(frame, wanted));
    plain = line.slice(indent + frame.end);
  }
  addPlain();
  return nodes;
}
