import { expect, test } from 'vitest';
import { parseDotenv } from '../../../../../src/core/functions/template/dotenvFile.ts';

test.each<[string, Record<string, string>]>([
  ['A=1\nB = two words \n', { A: '1', B: 'two words' }],
  ['# A=1\n\nnot a line\nB=2', { B: '2' }],
  ['export A=1\nexported=2', { A: '1', exported: '2' }],
  ['A=1 # comment\nB="1 # text"\nC=a#b', { A: '1', B: '1 # text', C: 'a' }],
  [String.raw`A="one\ntwo"` + '\n' + String.raw`B='one\ntwo'`, { A: 'one\ntwo', B: String.raw`one\ntwo` }],
  ['A="one\ntwo"\nB=2', { A: 'one\ntwo', B: '2' }],
  ['A=`it\'s "quoted"`', { A: 'it\'s "quoted"' }],
  ['A="unclosed\nB=2', { A: '"unclosed', B: '2' }],
  ['A="x"/y\nB="x" # text', { A: '"x"/y', B: 'x' }],
  ['A="one\r\ntwo"', { A: 'one\ntwo' }],
  ['A=\nB=2', { A: '', B: '2' }],
  ['A: yaml\nB:2', { A: 'yaml' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['A=1\nA=2', { A: '2' }],
  ['  A.b-c = 1', { 'A.b-c': '1' }],
])('%j', (text, expected) => {
  expect(Object.fromEntries(parseDotenv(text))).toEqual(expected);
});
