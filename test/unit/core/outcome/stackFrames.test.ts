import { expect, test } from 'vitest';
import { relativeToTaskRoot, parseStackFrame } from '../../../../src/core/outcome/stackFrames.ts';

test.each<[string, string, object | undefined]>([
  ['Node', '    at handler (/var/task/src/app.js:10:5)', { path: '/var/task/src/app.js', line: 10, column: 5 }],
  ['Node without a function name', '    at /var/task/app.mjs:3:11', { path: '/var/task/app.mjs', line: 3, column: 11 }],
  [
    'Node’s ES modules',
    '    at handler (file:///var/task/a%20b.mjs:3:9)',
    { path: '/var/task/a b.mjs', line: 3, column: 9 },
  ],
  ['TypeScript', '    at async f (/var/task/src/a-b.ts:1:2)', { path: '/var/task/src/a-b.ts', line: 1, column: 2 }],
  ['Windows', '    at f (C:\\code\\app.js:7:1)', { path: 'C:\\code\\app.js', line: 7, column: 1 }],
  ['Python', '  File "/var/task/app.py", line 3, in handler', { path: '/var/task/app.py', line: 3 }],
  ['Python with a space', '  File "/var/task/my app.py", line 12, in f', { path: '/var/task/my app.py', line: 12 }],
  [
    'Java',
    'com.example.orders.Handler.handleRequest(Handler.java:42)',
    { path: 'com/example/orders/Handler.java', line: 42 },
  ],
  [
    'a lambda expression in Java',
    'com.example.App.lambda$main$0(App.java:5)',
    { path: 'com/example/App.java', line: 5 },
  ],
  [
    '.NET',
    '   at Orders.Function.Handler(Order o) in /src/Orders/Function.cs:line 12',
    { path: '/src/Orders/Function.cs', line: 12 },
  ],
  ['Ruby', "/var/task/app.rb:2:in `handler'", { path: '/var/task/app.rb', line: 2 }],
  [
    'a constructor in Java',
    'com.example.Handler.<init>(Handler.java:12)',
    { path: 'com/example/Handler.java', line: 12 },
  ],
  ['a folder with a space', '    at f (/var/task/my dir/app.js:1:2)', { path: '/var/task/my dir/app.js', line: 1 }],
  ['a folder in parentheses', '    at f (/var/task/(group)/route.ts:1:2)', undefined],
  ['a path of a bundler', '    at f (webpack://app/src/app.ts:1:2)', { path: 'src/app.ts', line: 1, column: 2 }],
  ['Go', 'main.go:7 main.handler', { path: 'main.go', line: 7 }],
  ['the runtime’s own frames', '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1173:29)', undefined],
  ['Node’s own frames', '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)', undefined],
  ['a dependency', '    at f (/var/task/node_modules/pg/lib/client.js:1:2)', undefined],
  ['a layer', '    at f (/opt/nodejs/layer.js:1:2)', undefined],
  ['Python’s standard library', '  File "/var/lang/lib/python3.12/json/decoder.py", line 1, in decode', undefined],
  ['Python’s import system', '  File "<frozen importlib._bootstrap>", line 1387, in _gcd_import', undefined],
  [
    'a local Python',
    '  File "/home/me/.pyenv/versions/3.12.1/lib/python3.12/json/decoder.py", line 1, in f',
    undefined,
  ],
  [
    'the local runtime',
    '  File "/extensions/x/dist/pythonRuntime/lambdaInvoke/bootstrap.py", line 1, in run',
    undefined,
  ],
  ['Java’s own frames', 'java.util.Optional.orElseThrow(Optional.java:403)', undefined],
  ['an error’s first line', 'TypeError: x is not a function', undefined],
  ['an address', 'Error: connect ECONNREFUSED http://127.0.0.1:80', undefined],
  ['line 0', '    at f (/var/task/app.js:0:1)', undefined],
  ['column 0', '    at f (/var/task/app.js:1:0)', undefined],
  ['a line beyond 32 bits', '    at f (/var/task/app.js:99999999999:1)', undefined],
  ['a line with 400 digits', `    at f (/var/task/app.js:${'9'.repeat(400)}:1)`, undefined],
  ['a negative line', '    at f (/var/task/app.js:-1:1)', undefined],
  ['a negative column', '    at f (/var/task/app.js:10:-1)', undefined],
  ['line 0 in Python', '  File "/var/task/app.py", line 0, in f', undefined],
  ['a negative line in Python', '  File "/var/task/app.py", line -1, in f', undefined],
  ['line 0 in .NET', '   at A.B() in /src/A.cs:line 0', undefined],
  ['line 0 in Java', 'com.example.A.b(A.java:0)', undefined],
  ['a negative line in Ruby', "/var/task/app.rb:-2:in `handler'", undefined],
  ['an empty line', '', undefined],
  ['a long line of data', `{"a":"${'x'.repeat(3000)}/app.js:1:2"}`, undefined],
])('%s', (_, text, expected) => {
  expect([parseStackFrame(text)]).toMatchObject([expected]);
});

test('the range of a frame covers only the location', () => {
  const lines = ['    at f (/var/task/app.js:10:5)', 'p.A.a(A.java:1)', '  File "/var/task/a.py", line 3, in f'];
  const linked = lines.map((text) => {
    const { start, end } = parseStackFrame(text) ?? { start: 0, end: 0 };
    return text.slice(start, end);
  });
  expect(linked).toEqual(['/var/task/app.js:10:5', 'A.java:1', '/var/task/a.py", line 3']);
});

test("paths become relative to the function's folder", () => {
  expect(['/var/task/src/a.js', './a.js', 'src\\a.cs', '/home/me/a.js'].map(relativeToTaskRoot)).toEqual([
    'src/a.js',
    'a.js',
    'src/a.cs',
    '/home/me/a.js',
  ]);
});
