// The bundle of the editors, which the page loads after its first paint.
export { createPayloadEditor } from './payloadEditor.ts';
export { createViewer } from './viewer.ts';
