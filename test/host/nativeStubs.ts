// Stubs for native packages of the host, which are not compiled.
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The logger of Output channels and log files. */
const SPDLOG = `
const fs = require('node:fs');
const path = require('node:path');
const NAMES = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let level = 2;
class Logger {
  constructor(file) {
    this.level = level;
    this.plain = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = fs.openSync(file, 'a');
  }
  write(at, text) {
    if (at < this.level || this.file === undefined) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    fs.writeSync(this.file, this.plain ? text : stamp + ' [' + NAMES[at] + '] ' + text + '\\n');
  }
  getLevel() { return this.level; }
  setLevel(to) { this.level = to; }
  setPattern() { this.plain = false; }
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {
    if (this.file !== undefined) fs.closeSync(this.file);
    this.file = undefined;
  }
}
['trace', 'debug', 'info', 'warn', 'error', 'critical'].forEach((name, at) => {
  Logger.prototype[name] = function (text) { this.write(at, text); };
});
const create = async (_name, file) => new Logger(file);
// Separate assignments, because Node detects only these as named exports.
exports.version = 11500;
exports.Logger = Logger;
exports.setLevel = (to) => { level = to; };
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** Older hosts import the password hash at startup, but never call it without a password. */
const ARGON2 = `
const none = async () => { throw new Error('argon2 is not built in this test host'); };
module.exports = { hash: none, verify: none, needsRehash: () => false };
`;

const WATCHDOG = `exports.start = () => {};\nexports.exit = (code) => process.exit(code || 0);\n`;

/** Writes the stubs into an installed code-server. */
export async function writeNativeStubs(codeServer: string): Promise<void> {
  const modules = join(codeServer, 'lib/vscode/node_modules');
  await writeFile(join(modules, '@vscode/spdlog/index.js'), SPDLOG);
  for (const name of ['@vscode/native-watchdog', 'native-watchdog']) {
    const folder = join(modules, name);
    if (existsSync(folder)) await writeFile(join(folder, 'index.js'), WATCHDOG);
  }
  for (const folder of [join(codeServer, '../argon2'), join(codeServer, 'node_modules/argon2')])
    if (existsSync(folder)) await writeFile(join(folder, 'argon2.js'), ARGON2);
  await copyRipgrep(codeServer, modules);
}

/** Older hosts expect Ripgrep where an install script would put it. */
async function copyRipgrep(codeServer: string, modules: string): Promise<void> {
  const target = join(modules, '@vscode/ripgrep/bin/rg');
  const source = join(codeServer, `../@vscode/ripgrep-linux-${process.arch}/bin/rg`);
  if (!existsSync(join(modules, '@vscode/ripgrep')) || existsSync(target) || !existsSync(source)) return;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(source, target);
  await chmod(target, 0o755);
}
