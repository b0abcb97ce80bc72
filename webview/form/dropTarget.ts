import { LIMITS } from '../../src/core/invocation/limits.ts';
import { message, type Message } from '../../src/core/messages/messages.ts';

// The Explorer and editor tabs provide URIs. VS Code passes a drop to the page only while Shift is held.
const URI_TYPES = ['application/vnd.code.uri-list', 'text/uri-list'];

interface DropHandlers {
  /** Files from VS Code, as one URI per line. */
  uris(list: string): void;
  /** The text of a file from outside of VS Code, whose path isn't available to a page. */
  text(text: string): void;
  /** Why a file from outside of VS Code can't be used. */
  rejected(reason: Message): void;
}

function uriList(transfer: DataTransfer): string {
  return URI_TYPES.map((type) => transfer.getData(type)).find((list) => list !== '') ?? '';
}

async function drop(transfer: DataTransfer, handlers: DropHandlers): Promise<void> {
  const list = uriList(transfer);
  if (list !== '') return handlers.uris(list);
  const [file, ...others] = transfer.files;
  if (file === undefined) return;
  if (others.length > 0) return handlers.rejected(message('dropOne'));
  if (file.size > LIMITS.synchronousPayload)
    return handlers.rejected(message('payloadTooLarge', file.size, LIMITS.synchronousPayload, 'RequestResponse'));
  const bytes = await file.arrayBuffer();
  try {
    handlers.text(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    handlers.rejected(message('payloadNotUtf8'));
  }
}

/** Accepts files that are dropped on the page as the payload. */
export function acceptDroppedFiles(handlers: DropHandlers): void {
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
    void drop(event.dataTransfer, handlers);
  });
}
