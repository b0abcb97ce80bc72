import { InvokeError, isInvokeError } from '../outcome/invokeError.ts';
import { decodeText } from '../json/decodeText.ts';
import { message } from '../messages/messages.ts';
import { EMPTY_PRESETS_FILE, parsePresetsFile, type PresetsFile } from './presetsFile.ts';

/** A presets file's text, and whether it begins with a byte order mark. */
export interface PresetsText {
  readonly text: string;
  readonly hasBom: boolean;
}

/** The text of a presets file. Throws InvokeError for UTF-16 and for anything else that is not UTF-8. */
export function decodePresets(bytes: Uint8Array, fileName: string): PresetsText {
  const decoded = decodeText(bytes);
  switch (decoded.kind) {
    case 'text':
      return decoded;
    case 'utf16':
      throw new InvokeError(message('presetsUtf16', fileName));
    case 'notUtf8':
      throw new InvokeError(message('presetsNotUtf8', fileName));
  }
}

/**
 * Reads a presets file as it is on the disk: the one reader of it, for the window and for local functions. What cannot
 * be read is a problem of the file, never an exception.
 */
export function readPresetsFile(bytes: Uint8Array, fileName: string): PresetsFile {
  try {
    return parsePresetsFile(decodePresets(bytes, fileName).text, fileName);
  } catch (error) {
    if (!isInvokeError(error)) throw error;
    return { ...EMPTY_PRESETS_FILE, problems: [error.reason] };
  }
}
