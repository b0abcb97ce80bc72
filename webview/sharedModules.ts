import * as messages from '../src/core/messages/messages.ts';

/** Provides the modules that the scripts of the editor and the result share with the form's. The build removes their copies. */
export function provideSharedModules(): void {
  Object.assign(globalThis, { sharedModules: { messages } });
}
