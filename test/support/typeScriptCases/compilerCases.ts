import { returns, type Case } from './projectCase.ts';

/** What the compiler of the extension doesn't support. */
export const NEED_COMPILER: readonly Case[] = [
  {
    title: 'decorators',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'index.ts': returns(
        'names',
        'const names: string[] = [];\nfunction log(target: object, name: string): void { names.push(name); }\nexport class A {\n  @log\n  run(): void {}\n}',
      ),
    },
    expected: ['run'],
  },
  {
    title: 'namespaces',
    files: { 'index.ts': returns('A.b', 'namespace A {\n  export const b: string = "b";\n}') },
    expected: 'b',
  },
  {
    title: 'JSX',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }',
      'index.tsx': returns('<p>text</p>', 'const h = (name: string, _: null, text: string): string => name + text;'),
    },
    expected: 'ptext',
  },
];

/** What needs TypeScript. */
export const METADATA: Case = {
  title: 'metadata of decorators',
  files: {
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
    'index.ts': returns(
      'types',
      'const types: string[] = [];\n(Reflect as any).metadata = (key: string, value: any) => () => { if (key === "design:type") types.push(value.name); };\nfunction log(target: object, name: string): void {}\nexport class A {\n  @log\n  name: string = "";\n}',
    ),
  },
  expected: ['String'],
};
