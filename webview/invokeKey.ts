/** Whether the window runs on macOS; the host may run on another system. */
const isMac = navigator.userAgent.includes('Macintosh');

/** The key that invokes, as the platform writes it. */
export const INVOKE_KEY = isMac ? '⌘Enter' : 'Ctrl+Enter';

/** The key that saves the preset. */
export const SAVE_KEY = isMac ? '⌘S' : 'Ctrl+S';
