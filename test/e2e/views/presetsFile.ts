import { join } from 'node:path';
import { window } from './window.ts';

/** The presets file at the beginning of a test. */
export const PRESETS = `{
  // kept over every edit
  "presets": [
    { "name": "first", "FunctionName": "hello", "Payload": { "name": "First" }, "endpoint": "local" },
    // about the second
    { "name": "second", "FunctionName": "hello", "Payload": { "name": "Second" }, "endpoint": "local", "group": "greetings" },
    { "name": "third", "FunctionName": "hello", "payloadFile": "events/hello.json", "endpoint": "local" }
  ],
  "localFunctions": { "hello": { "handler": "functions/hello.handler" } }
}
`;

export const file = () => join(window.workspace, '.vscode/lambda-invoke.json');
