import { LIMITS } from '../../src/core/invocation/limits.ts';
import { message, type Message } from '../../src/core/messages/messages.ts';

// Explorer's rows and editor tabs bring their URIs; in VS Code's window a drop reaches a page while Shift is held.
const URI_TYPES = ['application/vnd.code.uri-list', 'text/uri-list'];

interface Dropped {
  /** Files that VS Code knows: URIs, one a line. */
  uris(list: string): void;
  /** The text of a file from outside, whose path a page never learns. */
  text(text: string): void;
  /** What keeps a file from outside from being taken. */
  refused(why: Message): void;
}

function uriList(transfer: DataTransfer): string {
  return URI_TYPES.map((type) => transfer.getData(type)).find((list) => list !== '') ?? '';
}

async function drop(transfer: DataTransfer, dropped: Dropped): Promise<void> {
  const list = uriList(transfer);
  if (list !== '') return dropped.uris(list);
  const [file, ...others] = transfer.files;
  if (file === undefined) return;
  if (others.length > 0) return dropped.refused(message('dropOne'));
  if (file.size > LIMITS.synchronousPayload)
    return dropped.refused(message('payloadTooLarge', file.size, LIMITS.synchronousPayload, 'RequestResponse'));
  const bytes = await file.arrayBuffer();
  try {
    dropped.text(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    dropped.refused(message('payloadNotUtf8'));
  }
}

/** Makes the page take a file that is dragged onto it as the payload. */
export function acceptDroppedFiles(dropped: Dropped): void {
  const isFile = ({ dataTransfer }: DragEvent) =>
    dataTransfer?.types.some((type) => type === 'Files' || URI_TYPES.includes(type)) === true;
  const mark = (isOver: boolean) => document.body.classList.toggle('drop-target', isOver);
  window.addEventListener('dragover', (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    mark(true);
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  window.addEventListener('drop', (event) => {
    mark(false);
    if (!isFile(event) || event.dataTransfer === null) return;
    event.preventDefault();
    void drop(event.dataTransfer, dropped);
  });
}
