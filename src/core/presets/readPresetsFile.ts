import { InvokeError, isInvokeError } from '../outcome/invokeError.ts';
import { decodeText } from '../json/decodeText.ts';
import { message } from '../messages/messages.ts';
import { EMPTY_PRESETS_FILE, parsePresetsFile, type PresetsFile } from './presetsFile.ts';

/** The text of a presets file, and whether it starts with a byte order mark. */
export interface PresetsText {
  readonly text: string;
  readonly hasBom: boolean;
}

/** Decodes a presets file. Throws InvokeError unless it's UTF-8. */
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
 * Reads a presets file from its bytes, for both the window and local functions. Unreadable files result in a problem,
 * not an exception.
 */
export function readPresetsFile(bytes: Uint8Array, fileName: string): PresetsFile {
  try {
    return parsePresetsFile(decodePresets(bytes, fileName).text, fileName);
  } catch (error) {
    if (!isInvokeError(error)) throw error;
    return { ...EMPTY_PRESETS_FILE, problems: [error.reason] };
  }
}
