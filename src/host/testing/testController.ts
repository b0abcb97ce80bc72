import * as vscode from 'vscode';

/** Registers the tests. They're listed when VS Code shows or runs them. */
export function createTestController(resolve: (item?: vscode.TestItem) => Promise<void>): vscode.TestController {
  const controller = vscode.tests.createTestController('lambdaInvoke', 'Lambda Invoke');
  controller.resolveHandler = resolve;
  controller.refreshHandler = () => resolve();
  return controller;
}
