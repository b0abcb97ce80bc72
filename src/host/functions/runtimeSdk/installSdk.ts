import { normalize } from 'node:path';
import * as vscode from 'vscode';
import type { MissingSdkPackage, SdkLanguage } from '../../../core/functions/runtimeSdk.ts';
import { installFailure, shownCommand } from '../../../core/functions/sdkInstall.ts';
import type { SdkImports } from '../../../core/functions/sdkImports.ts';
import { message } from '../../../core/messages/messages.ts';
import { InvokeError } from '../../../core/outcome/invokeError.ts';
import { askModal, notify } from '../../notify.ts';
import type { OutputLog } from '../../logs/outputLog.ts';
import { setting } from '../../settings.ts';
import { signalOf } from '../../ui/cancellation.ts';
import { showBriefly, withCancellableProgress } from '../../ui/progress.ts';
import type { LocalProcess } from '../localProcess.ts';
import { installerEnvironment } from './installerEnvironment.ts';
import { runInstaller } from './runInstaller.ts';
import { replaceSdk } from './sdkFolder.ts';
import { planInstall, type PlanProblem, type SdkStep } from './sdkPlan.ts';

/** The function to install for, or all if it isn't named. `missing` is the package that it lacks. */
interface SdkTarget {
  readonly name?: string;
  readonly missing?: MissingSdkPackage;
}

interface InstallSdkServices {
  readonly local: Pick<LocalProcess, 'ask' | 'configure' | 'installedSdks'>;
  readonly output: Pick<OutputLog, 'writeLine' | 'show'>;
}

export interface InstallSdk extends vscode.Disposable {
  /**
   * Finds what the code imports, and installs it after a confirmation. Resolves to whether nothing is missing anymore, or to
   * false if another installation is running. Rejects with InvokeError.
   */
  install(target: SdkTarget): Promise<boolean>;
}

function sourceOf(language: SdkLanguage): string {
  return language === 'node'
    ? vscode.l10n.t('npm registry (registry.npmjs.org, unless your npm configuration names another one)')
    : vscode.l10n.t('Python package index (pypi.org, unless your pip configuration names another one)');
}

/** Shows the commands, and confirms that they run. */
async function confirm(steps: readonly SdkStep[], root: string): Promise<boolean> {
  const install = vscode.l10n.t('Install');
  const detail = [
    ...steps.flatMap(({ language, program, args }) => [
      shownCommand(program, args),
      vscode.l10n.t('Contacts: {0}', sourceOf(language)),
      '',
    ]),
    vscode.l10n.t('Folder: {0}', root),
    vscode.l10n.t("The workspace isn't changed, and scripts of the packages don't run."),
  ];
  const question = vscode.l10n.t("Install the AWS SDK of Lambda's runtime for local functions?");
  return (await askModal(question, { detail, answers: [install] })) === install;
}

function failureOf({ program }: SdkStep, lines: readonly string[]): string {
  const { kind, line = '' } = installFailure(lines);
  switch (kind) {
    case 'offline':
      return vscode.l10n.t("Can't reach the package registry. Check your network and proxy, then try again.");
    case 'noPip':
      return vscode.l10n.t(
        "pip isn't installed for {0}. Run {0} -m ensurepip, or install the package python3-pip.",
        program,
      );
    case 'other':
      return vscode.l10n.t("The runtime SDK wasn't installed: {0}", line);
  }
}

/** Shows why an SDK can't be installed. Throws InvokeError if there's a message for it. */
function showProblem(problem: PlanProblem): void {
  switch (problem.kind) {
    case 'npmMissing':
      return notify(
        'error',
        vscode.l10n.t("Can't find npm on the PATH. Install Node.js with npm, then restart VS Code."),
      );
    case 'pythonMissing':
      throw new InvokeError(message('interpreterMissing', 'Python 3', 'PATH', 'lambdaInvoke.local.pythonPath'));
    case 'notIncluded': {
      const { name, runtime } = problem;
      return notify(
        'warning',
        vscode.l10n.t("Lambda doesn't include {0} in {1}. Add it to the project.", name, runtime),
      );
    }
    case 'folderSet': {
      const { names, setting: key } = problem;
      const text = vscode.l10n.t('Install {0} in the folder set in {1}, or clear the setting.', names, key);
      const open = () => vscode.commands.executeCommand('workbench.action.openSettings', key);
      return notify('warning', text, { label: vscode.l10n.t('Open Setting'), run: open });
    }
  }
}

/** Install Runtime SDK…: installs the AWS SDK that Lambda's runtimes include, for local functions. */
export function createInstallSdk({ local, output }: InstallSdkServices): InstallSdk {
  const disposed = new AbortController();
  let isRunning = false;

  async function run(step: SdkStep, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | undefined> {
    let failure: string | undefined;
    const { program, args, folder } = step;
    output.writeLine(shownCommand(program, args));
    const isReplaced = await replaceSdk(local.installedSdks, step, async () => {
      const onLine = (line: string) => output.writeLine(`| ${line}`);
      const { code, lines } = await runInstaller(program, args, { cwd: folder, env, signal, onLine });
      if (code !== 0 && !signal.aborted) failure = failureOf(step, lines);
      return code === 0 && !signal.aborted;
    });
    if (isReplaced) local.configure(); // warm processes have the previous SDK
    return failure;
  }

  async function runAll(steps: readonly SdkStep[], env: NodeJS.ProcessEnv): Promise<boolean> {
    return withCancellableProgress(vscode.l10n.t('Installing the runtime SDK'), async (report, token) => {
      const signal = signalOf(token, disposed.signal);
      for (const step of steps) {
        report({ message: step.language === 'node' ? 'Node.js' : 'Python' });
        const failure = await run(step, env, signal);
        const show = { label: vscode.l10n.t('Show Output'), run: () => output.show() };
        if (failure !== undefined) notify('error', failure, show);
        if (failure !== undefined || signal.aborted) return false;
      }
      showBriefly(vscode.l10n.t('Installed the runtime SDK. The next invocation is a cold start.'));
      return true;
    });
  }

  async function install({ name, missing }: SdkTarget): Promise<boolean> {
    // The endpoint runs in trusted workspaces only.
    const imports = (await local.ask({ what: 'sdkImports', ...(name !== undefined && { name }) })) as SdkImports;
    const root = normalize(local.installedSdks);
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const env = installerEnvironment(process.env, folders);
    const settings = {
      nodeSdk: setting('local.nodeSdkPath'),
      pythonSdk: setting('local.pythonSdkPath'),
      python: setting('local.pythonPath'),
    };
    const plan = await planInstall({ root, env, imports, settings, ...(missing !== undefined && { missing }) });
    if ('problem' in plan) {
      showProblem(plan.problem);
      return false;
    }
    const { steps } = plan;
    if (steps.length > 0) return (await confirm(steps, root)) && runAll(steps, env);
    if (missing === undefined)
      notify(
        'information',
        vscode.l10n.t('Nothing to install. Local functions have all AWS SDK packages that they import.'),
      );
    return true;
  }

  return {
    async install(target) {
      if (isRunning) return false;
      isRunning = true;
      return install(target).finally(() => (isRunning = false));
    },
    dispose: () => disposed.abort(),
  };
}
