import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fanplan } from './support.js';

const profiles = suite('fanplan profiles');

profiles('lists 72 AMI, 12 DA and 864 combined profiles', () => {
  const all = JSON.parse(fanplan(['profiles', '--json']).out) as { kind: string; code: string }[];
  const count = (kind: string) => all.filter((profile) => profile.kind === kind).length;
  assert.equal([count('AMI'), count('DA'), count('AMI+DA'), new Set(all.map((p) => p.code)).size], [72, 12, 864, 948]);
});

profiles('says how many rows a profile carries and why it does not carry the rest', () => {
  const { out } = fanplan(['profiles', 'ACvIW']);
  assert.match(out, /\d+ of \d+ rows are in scope/);
  assert.match(out, /home area network|HAN/i);
  const json = JSON.parse(fanplan(['profiles', 'ACvIW', '--json']).out) as {
    rowsIn: number;
    rowsOut: number;
    outOfScope: { reason: string }[];
  };
  assert.is(json.outOfScope.length, json.rowsOut);
  assert.ok(json.rowsIn > 0 && json.outOfScope.every((row) => row.reason.length > 0));
});

profiles('answers a misspelt code with the nearest', () => {
  const { code, err } = fanplan(['profiles', 'ahem3cvIW']);
  assert.is(code, 2);
  assert.match(err, /nearest {2}AHEM3CvIW/);
});

profiles.run();

const paths = suite('fanplan paths');
const EXAMPLE = '[(1Aa + 1B) or 1Ab] + [1Ca or (1Cba + 1Cb) or (1Cba + 1Cc)] + [1D or 1Dg or 1Dw]';

paths('numbers six options to each of three kinds of meter in the example of section 4.19', () => {
  const { options } = JSON.parse(fanplan(['paths', '--ref', EXAMPLE, '--json']).out) as {
    options: { end: string; number: number; expression: string }[];
  };
  assert.is(options.length, 18);
  const electric = options.filter((option) => option.end === '2-Way Meter - Electr');
  assert.equal(
    electric.map((option) => option.number),
    [1, 2, 3, 4, 5, 6],
  );
  assert.is(electric[4]!.expression, '1Aa + 1B + 1Cba + 1Cc + 1D');
});

paths('takes option 5 of that example under profile ACvIW', () => {
  const args = ['--from', 'CIS/Billing - Utility', '--to', '2-Way Meter - Electr', '--profile', 'ACvIW', '--json'];
  const { routes } = JSON.parse(fanplan(['paths', ...args]).out) as { routes: { expression: string }[] };
  assert.equal(
    routes.map((route) => route.expression),
    ['1Aa + 1B + 1Cba + 1Cc + 1D'],
  );
});

paths('points at the place of a mistake in an expression', () => {
  const { code, err } = fanplan(['paths', '--ref', '[1Aa + ']);
  assert.is(code, 2);
  assert.match(err, /SYNTAX/);
});

paths.run();
