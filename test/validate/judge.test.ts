import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Case, Claim } from '../../validate/case.js';
import { judge, twoSidedP, type Values, widest } from '../../validate/judge.js';
import { markdownPage, textTable } from '../../validate/table.js';

const aCase = (...claims: Claim[]): Case => ({
  name: 'group: thing',
  subject: 'thing',
  source: 'a book',
  replications: 5,
  simulate: () => [],
  rows: claims.map((claim) => ({ quantity: 'value', unit: 's', claim })),
});
const values = (columns: number[][], reference: number[][] = []): Values => ({
  simulated: columns[0]!.map((_, r) => columns.map((column) => column[r]!)),
  reference: (reference[0] ?? []).map((_, r) => reference.map((column) => column[r]!)),
});
const tight = [1.001, 0.999, 1.0005, 0.9995, 1];

const verdicts = suite('a row of the validation');

verdicts('has the p-value of Student, as his tables print it', () => {
  assert.ok(Math.abs(twoSidedP(2.776, 1, 4) - 0.05) < 1e-4);
  assert.ok(Math.abs(twoSidedP(3.25, 1, 9) - 0.01) < 1e-4);
  assert.is(twoSidedP(0, 1, 9), 1);
});
verdicts('is green when the exact value is in reach, red when it is not', () => {
  assert.is(judge([[aCase({ exact: 1 }), values([tight])]], true)[0]!.ok, true);
  assert.is(judge([[aCase({ exact: 1.01 }), values([tight])]], true)[0]!.ok, false);
});
verdicts('is red when its interval is wider than 1%, unless a quick look is enough', () => {
  const wide = values([[0.9, 1.1, 1, 1.05, 0.95]]);
  assert.is(judge([[aCase({ exact: 1 }), wide]], true)[0]!.ok, false);
  assert.is(judge([[aCase({ exact: 1 }), wide]], false)[0]!.ok, true);
  assert.ok(widest(aCase({ exact: 1 }), wide) > 5);
});
verdicts('may lie anywhere in an interval that is known', () => {
  const band = { exact: 0.99, from: 0.99, to: 1.02 };
  assert.is(judge([[aCase(band), values([tight])]], true)[0]!.ok, true);
  assert.is(judge([[aCase({ exact: 1.01, from: 1.01, to: 1.02 }), values([tight])]], true)[0]!.ok, false);
});
verdicts('must be equal in every replication where nothing is left to chance', () => {
  const exact = aCase({ equals: 1, within: 0 });
  assert.is(judge([[exact, values([[1, 1, 1]])]], true)[0]!.ok, true);
  assert.is(judge([[exact, values([[1, 1, 1 + 1e-9]])]], true)[0]!.ok, false);
});
verdicts('is compared with another program by the spread of both', () => {
  const both = aCase({ independent: true });
  const other = [0.9, 1.1, 0.95, 1.05, 1.02];
  assert.is(judge([[both, values([tight], [other])]], true)[0]!.ok, true);
  assert.is(judge([[both, values([tight], [other.map((value) => value + 1)])]], true)[0]!.ok, false);
});
verdicts('that is no number is red', () => {
  assert.is(judge([[aCase({ exact: 1 }), values([[Number.NaN, 1, 1, 1, 1]])]], true)[0]!.ok, false);
  assert.is(judge([[aCase({ exact: 1 }), values([[Number.NaN, 1, 1, 1, 1]])]], false)[0]!.ok, false);
});
verdicts('alone may be unlikely: all rows together are wrong once in a hundred times', () => {
  const odd = [1.0022, 1.001, 1.0018, 1.0006, 1.0014]; // p about 0.009
  assert.is(judge([[aCase({ exact: 1 }), values([odd])]], true)[0]!.ok, false);
  const many = [...Array(9)].map(() => [aCase({ exact: 1 }), values([tight])] as const);
  assert.is(judge([[aCase({ exact: 1 }), values([odd])], ...many], true)[0]!.ok, true);
});
verdicts('says NO or WIDE in the table and on the page', () => {
  const rows = judge([[aCase({ exact: 1.01 }, { exact: 1 }), values([tight, [0.9, 1.1, 1, 1.05, 0.95]])]], true);
  assert.match(textTable(rows), /NO\n.*WIDE/);
  assert.match(markdownPage(rows), /2 rows, 2 red/);
});

verdicts.run();
