import { message, toSentence, type Message, type MessageCode } from '../core/messages/messages.ts';

/** Messages that name a command or a field of the window, and those of the command line. */
const INSTEAD: Partial<Record<MessageCode, MessageCode>> = {
  regionMissing: 'cliRegionMissing',
  profileUnknown: 'cliProfileUnknown',
  localFunctionSharedByMany: 'cliLocalFunctionSharedByMany',
  localFunctionUnknown: 'cliLocalFunctionUnknown',
  localFunctionUnread: 'cliLocalFunctionUnread',
  localFunctionNone: 'cliLocalFunctionNone',
  answerTooLarge: 'cliAnswerTooLarge',
  notStreaming: 'cliNotStreaming',
  streamPartly: 'cliStreamPartly',
  stoppedWaitingLocal: 'cliStoppedWaitingLocal',
  testSnapshotMissing: 'cliSnapshotMissing',
  presetsBroken: 'cliPresetsBroken',
  presetsUtf16: 'cliPresetsUtf16',
  presetsNotUtf8: 'configNotUtf8',
  presetsNotObject: 'cliPresetsNotObject',
  presetsTwice: 'cliPresetsTwice',
};

/** The text of a message in English, without advice that only applies to the window. */
export function sentenceOf({ code, args }: Message): string {
  return toSentence(message(INSTEAD[code] ?? code, ...args));
}
