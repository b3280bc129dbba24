import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AccessError, InputError } from '../../base/diagnostics.js';
import { checkTarget } from '../../reports/folder.js';
import { writeResults } from '../../reports/run-folder.js';
import { makeEmptyResults, makeResults } from './fixture.js';

const results = makeResults();
const plain = { formats: [], force: false } as const;
const forced = { formats: [], force: true } as const;
const place = mkdtempSync(join(tmpdir(), 'fanplan-reports-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
let count = 0;
/** An empty folder of its own for each test. */
const room = (): string => {
  const path = join(place, String(count++));
  mkdirSync(path);
  return path;
};

const thrown = (action: () => void): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};
const rejected = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const conflict = (error: unknown): boolean => error instanceof InputError && error.diagnostics[0]!.code === 'CONFLICT';

const expected = [
  'assumptions.arrow',
  'availability.arrow',
  'busy-hours.arrow',
  ...['busy-hour', 'compliance', 'hourly-load', 'latency', 'shares', 'utilisation'].flatMap((name) => [
    join('charts', `${name}.svg`),
    join('charts', `${name}.vl.json`),
  ]),
  'chains.arrow',
  'flows.arrow',
  'hours.arrow',
  'links.arrow',
  'out-of-scope.arrow',
  'report.html',
  'run.json',
  'systems.arrow',
  'tiers.arrow',
].sort();

const write = suite('writeResults');

write('writes the promised files and nothing beside the folder, twice with the same bytes', async () => {
  const [one, other] = [room(), room()];
  const files = await writeResults(join(one, 'run'), results, plain);
  await writeResults(join(other, 'run'), makeResults(), plain);
  assert.equal(files, expected);
  assert.equal(readdirSync(one), ['run']);
  for (const file of files) {
    const bytes = readFileSync(join(one, 'run', file));
    assert.ok(bytes.length > 0 && bytes.equals(readFileSync(join(other, 'run', file))), file);
  }
});

write('adds CSV and Parquet on request', async () => {
  const folder = join(room(), 'run');
  const files = await writeResults(folder, makeEmptyResults(), { formats: ['csv', 'parquet'], force: false });
  assert.is(files.filter((file) => file.endsWith('.csv')).length, 10);
  assert.is(files.filter((file) => file.endsWith('.parquet')).length, 10);
});

write('adds one workbook of all tables and a PNG of every chart on request, and knows them as its own', async () => {
  const folder = join(room(), 'run');
  const files = await writeResults(folder, makeEmptyResults(), { formats: ['xlsx', 'png'], force: false });
  const pictures = expected.filter((file) => file.endsWith('.svg')).map((file) => file.replace('.svg', '.png'));
  assert.equal(files, [...expected, ...pictures, 'tables.xlsx'].sort());
  assert.is(
    thrown(() => checkTarget(folder, true)),
    undefined,
  );
});

write('run.json is the run, for people to read', async () => {
  const folder = join(room(), 'run');
  await writeResults(folder, makeEmptyResults(), plain);
  const text = readFileSync(join(folder, 'run.json'), 'utf8');
  assert.equal(JSON.parse(text), makeEmptyResults().run);
  assert.ok(text.includes('\n  "seed"'));
});

write('makes the folders above', async () => {
  const folder = join(room(), 'a', 'b', 'run');
  await writeResults(folder, makeEmptyResults(), plain);
  assert.ok(existsSync(join(folder, 'report.html')));
});

write('keeps earlier results as they are unless forced', async () => {
  const folder = join(room(), 'run');
  await writeResults(folder, makeEmptyResults(), plain);
  const before = readFileSync(join(folder, 'report.html'));
  assert.ok(conflict(await rejected(writeResults(folder, makeEmptyResults(), plain))));
  assert.ok(readFileSync(join(folder, 'report.html')).equals(before));
});

write('forced, replaces them whole and leaves nothing behind', async () => {
  const parent = room();
  const folder = join(parent, 'run');
  await writeResults(folder, makeEmptyResults(), { formats: ['csv'], force: false });
  assert.equal(await writeResults(folder, makeEmptyResults(), forced), expected);
  assert.not.ok(existsSync(join(folder, 'flows.csv')));
  assert.equal(readdirSync(parent), ['run']);
});

write('takes an empty folder without force', async () => {
  const folder = room();
  await writeResults(folder, makeEmptyResults(), plain);
  assert.ok(existsSync(join(folder, 'run.json')));
});

write('follows a link to the folder and keeps the link', async () => {
  const parent = room();
  mkdirSync(join(parent, 'real'));
  symlinkSync(join(parent, 'real'), join(parent, 'link'));
  await writeResults(join(parent, 'link'), makeEmptyResults(), plain);
  assert.ok(existsSync(join(parent, 'real', 'run.json')));
  assert.equal(readdirSync(parent).sort(), ['link', 'real']);
});

write.run();

const check = suite('checkTarget');

check('writes nothing', () => {
  const parent = room();
  checkTarget(join(parent, 'a', 'run'), false);
  assert.equal(readdirSync(parent), []);
});

check('tries the place, since permissions alone do not tell', () => {
  if (!existsSync('/proc/self')) return; // only Linux has such a place
  const error = thrown(() => checkTarget('/proc/nope/run', false));
  assert.ok(error instanceof AccessError);
  assert.match((error as AccessError).message, '/proc/nope/run cannot be written');
});

check('says that --force replaces earlier results', async () => {
  const folder = join(room(), 'run');
  await writeResults(folder, makeEmptyResults(), plain);
  const error = thrown(() => checkTarget(folder, false));
  assert.ok(conflict(error));
  assert.match((error as InputError).message, /--force/);
  assert.is(
    thrown(() => checkTarget(folder, true)),
    undefined,
  );
});

check('never gives up a folder of something else, forced or not', () => {
  const folder = room();
  writeFileSync(join(folder, 'thesis.txt'), 'ten years');
  for (const force of [false, true]) assert.ok(conflict(thrown(() => checkTarget(folder, force))));
});

check("somebody else's run.json does not make a folder ours", () => {
  for (const content of ['{"name": "x"}', 'null', '[]', 'not json']) {
    const folder = room();
    writeFileSync(join(folder, 'run.json'), content);
    assert.ok(conflict(thrown(() => checkTarget(folder, true))), content);
  }
});

check('results with a stranger among them are left alone, and the stranger is named', async () => {
  for (const stranger of ['notes.md', join('charts', 'mine.png')]) {
    const folder = join(room(), 'run');
    await writeResults(folder, makeEmptyResults(), plain);
    writeFileSync(join(folder, stranger), 'mine');
    const error = thrown(() => checkTarget(folder, true));
    assert.ok(conflict(error));
    assert.is((error as InputError).diagnostics[0]!.found, stranger);
  }
});

check('what file managers leave behind is no stranger', async () => {
  const folder = join(room(), 'run');
  await writeResults(folder, makeEmptyResults(), plain);
  writeFileSync(join(folder, '.DS_Store'), '');
  assert.is(
    thrown(() => checkTarget(folder, true)),
    undefined,
  );
});

check('a file of that name is in the way', () => {
  const file = join(room(), 'run');
  writeFileSync(file, 'x');
  for (const force of [false, true]) assert.ok(conflict(thrown(() => checkTarget(file, force))));
});

check('a file where a folder above should be refuses access', () => {
  const parent = room();
  writeFileSync(join(parent, 'file'), 'x');
  for (const below of ['run', join('deep', 'run')]) {
    assert.instance(
      thrown(() => checkTarget(join(parent, 'file', below), false)),
      AccessError,
    );
  }
});

check.run();
