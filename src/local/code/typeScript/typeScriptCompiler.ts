import { relevantOptions, type Compiler, type Source } from './compiler.ts';

interface Diagnostic {
  readonly file?: { readonly getLineAndCharacterOfPosition: (at: number) => { line: number; character: number } };
  readonly start?: number;
  readonly messageText: string | { readonly messageText: string };
}

/** What is used of TypeScript, in all versions before 7. */
interface TypeScript {
  readonly ModuleKind: { readonly CommonJS: number };
  readonly ScriptTarget: { readonly ES2022: number };
  readonly JsxEmit: Readonly<Record<string, number>>;
  readonly transpileModule: (
    text: string,
    options: { compilerOptions: Record<string, unknown>; fileName: string; reportDiagnostics: true },
  ) => { outputText: string; sourceMapText?: string; diagnostics?: readonly Diagnostic[] };
}

/** Later versions are native programs without an API. */
const FIRST_NATIVE_MAJOR = 7;

export function canTranspile(version: string): boolean {
  return Number.parseInt(version, 10) < FIRST_NATIVE_MAJOR;
}

/** Values of `jsx` in a tsconfig.json, and the names of their constants. JSX that is preserved can't run. */
const JSX: Readonly<Record<string, string>> = {
  react: 'React',
  'react-jsx': 'ReactJSX',
  'react-jsxdev': 'ReactJSXDev',
};

/** Since ES2022, class fields are defined rather than assigned. */
function definesFields(target: unknown): boolean {
  return typeof target === 'string' && /^es(?:next|20(?:2[2-9]|[3-9]))/i.test(target);
}

/** Options that keep imports that are only used as types, which may not be installed. */
const KEEP_IMPORTS = {
  verbatimModuleSyntax: undefined,
  preserveValueImports: undefined,
  importsNotUsedAsValues: undefined,
};

function optionsFor(typeScript: TypeScript, { options, file }: Source): Record<string, unknown> {
  const { target, jsx, ...relevant } = relevantOptions(options);
  return {
    useDefineForClassFields: definesFields(target),
    ...relevant,
    ...KEEP_IMPORTS,
    esModuleInterop: relevant['esModuleInterop'] !== false,
    module: typeScript.ModuleKind.CommonJS,
    target: typeScript.ScriptTarget.ES2022,
    ...(file.endsWith('x') && { jsx: typeScript.JsxEmit[JSX[String(jsx)] ?? 'React'] }),
    allowJs: true,
    sourceMap: true,
  };
}

function textOf({ messageText }: Diagnostic): string {
  return typeof messageText === 'string' ? messageText : messageText.messageText;
}

/** The project's TypeScript. */
export function typeScriptCompiler(version: string, load: () => unknown): Compiler {
  return {
    id: `typescript ${version}`,
    compile(source) {
      const typeScript = load() as TypeScript;
      const { outputText, sourceMapText, diagnostics } = typeScript.transpileModule(source.text, {
        compilerOptions: optionsFor(typeScript, source),
        // The other extensions would override the kind of module.
        fileName: source.file.replace(/\.[cm]ts$/, '.ts'),
        reportDiagnostics: true,
      });
      const first = diagnostics?.find(({ file, start }) => file !== undefined && start !== undefined);
      const at = first?.file?.getLineAndCharacterOfPosition(first.start ?? 0);
      if (first !== undefined && at !== undefined)
        return Promise.resolve({ fault: { text: textOf(first), line: at.line + 1, column: at.character + 1 } });
      const code = outputText.replace(/\n\/\/# sourceMappingURL=[^\n]*\n?$/, '\n');
      return Promise.resolve({ code, ...(sourceMapText !== undefined && { map: sourceMapText }) });
    },
  };
}
