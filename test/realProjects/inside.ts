// Runs in the sandbox: reads the projects and runs their functions, and prints the report.
// Arguments: the folder of the projects, `text` or `json`, the names of the projects.
import { join } from 'node:path';
import { SANDBOX } from './sandbox.ts';
import { reportLines } from './report.ts';
import { runProject, type ProjectRecord } from './runProject.ts';

const [format, ...names] = process.argv.slice(2);
const dist = join(SANDBOX.product, 'dist');
const runtimes = {
  nodeBootstrap: join(dist, 'nodeBootstrap.js'),
  pythonBootstrap: join(dist, 'pythonRuntime/bootstrap.py'),
  installedSdks: SANDBOX.sdks,
};
const projects: ProjectRecord[] = [];
for (const name of names) {
  projects.push(await runProject(join(SANDBOX.projects, name), name, { runtimes, payloadOf: () => Buffer.from('{}') }));
  console.error(`${projects.length} of ${names.length}: ${name}`);
}
console.log(format === 'json' ? JSON.stringify(projects, undefined, 2) : reportLines(projects).join('\n'));
process.exit(0);
