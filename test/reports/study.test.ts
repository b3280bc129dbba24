import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { checkTarget } from '../../reports/folder.js';
import { writeResults } from '../../reports/run-folder.js';
import { studyPage, studySummaryText, studyTables, writeStudy } from '../../reports/study/index.js';
import { makeEmptyResults } from './fixture.js';
import { type Element, elements, readMarkup, textOf } from './markup.js';
import { makeStudy } from './study-fixture.js';

const study = makeStudy();
const plain = { formats: [], force: false } as const;
const place = mkdtempSync(join(tmpdir(), 'fanplan-study-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));

const text = await studyPage(study);
const nodes = [...elements(readMarkup(text))];
const byId = (id: string): Element => nodes.find(({ attributes }) => attributes.get('id') === id)!;

const page = suite('studyPage');

page('tells the answer first, then what binds, charts before tables, then assumptions, method and command', () => {
  const order = [
    'class="answer fail"',
    'What binds',
    'id="charts"',
    'id="candidates"',
    'id="assumptions"',
    'id="method"',
  ];
  const places = [...order, 'id="reproduce"', 'id="statement"'].map((mark) => text.indexOf(mark));
  assert.ok(places.every((at) => at > 0));
  assert.equal(
    places,
    [...places].sort((a, b) => a - b),
  );
});

page('every section is in the navigation, and every link leads somewhere', () => {
  const ids = new Set(nodes.flatMap(({ attributes }) => attributes.get('id') ?? []));
  const links = nodes.flatMap(({ name, attributes }) => (name === 'a' ? [attributes.get('href')!.slice(1)] : []));
  for (const id of ['verdict', 'charts', 'candidates', 'assumptions', 'method', 'reproduce', 'statement']) {
    assert.ok(ids.has(id) && links.includes(id), id);
  }
  assert.ok(links.every((id) => ids.has(id)));
});

page('fetches nothing and runs its own script only', () => {
  for (const { name, attributes } of nodes) {
    assert.not.ok(['img', 'link', 'iframe'].includes(name));
    assert.not.ok(attributes.has('src'));
  }
  assert.is(nodes.filter(({ name }) => name === 'script').length, 1);
});

page('intervals stand in the cell of their estimate and have no column of their own', () => {
  const table = textOf(byId('all-candidates'));
  assert.match(table, /221\u00a0ms ±\u00a04\.1\u00a0ms/);
  assert.match(table, /99\.91\u00a0% 99\.85\u00a0% to 99\.97\u00a0%/);
  assert.not.match(table, /p95 ±|low|high/);
  assert.not.match(table, /NaN/);
});

page('verdicts in columns are badges, units without prefix stand in the heading', () => {
  const table = [...elements(byId('all-candidates'))];
  assert.is(table.filter(({ attributes }) => attributes.get('class') === 'badge pass').length, 1);
  assert.match(textOf(byId('all-candidates')), /cost \(USD\/year\)/);
});

page('the statement has what a signature stands for: text, terms, command, hashes, lines to sign', () => {
  const stated = textOf(nodes.find(({ attributes }) => attributes.get('class') === 'statement')!);
  for (const part of ['meets the SG-Network', 'all payloads', study.info.command, '3f'.repeat(32), '89'.repeat(32)]) {
    assert.ok(stated.includes(part), part);
  }
  assert.is(stated.split('Signature').length - 1, 2);
  for (const line of ['3 flows left out', '1 flow fails']) assert.match(text, `<li>${line}</li>`);
  assert.match(stated, /Program SHA-256[0-9a-f]{64}/);
});

page('names that look like markup are text', () => {
  assert.ok(textOf(byId('all-candidates')).includes('narrowband <&> "old"'));
});

page('a study without charts, tables, binding and statement has no empty sections', async () => {
  const { statement: _, ...rest } = study;
  const bare = await studyPage({ ...rest, pictures: [], tables: [], binding: [], findings: [] });
  for (const id of ['charts', 'candidates', 'statement']) assert.not.ok(bare.includes(`"${id}"`), id);
  assert.not.ok(bare.includes('What binds'));
});

page('an interrupted study says so at the top', async () => {
  const cut = await studyPage({ ...study, info: { ...study.info, exit: 'interrupted' } });
  assert.ok(cut.indexOf('was interrupted') < cut.indexOf('<main'));
});

page('the clock leaves no trace: the same study gives the same page', async () => {
  const later = { startedAt: '2030-01-01T00:00:00.000Z', wallS: 99 };
  assert.is(await studyPage({ ...makeStudy(), info: { ...study.info, timing: later } }), text);
});
page.run();

const folder = suite('writeStudy');

folder('writes report, tables, charts, own files and study.json, and lists them there', async () => {
  const target = join(place, 'check');
  const files = await writeStudy(target, study, { formats: ['csv', 'parquet'], force: false });
  const own = ['report.html', 'study.json', 'found.yaml', 'charts/utilisation.svg', 'charts/utilisation.vl.json'];
  const tables = ['candidates', 'assumptions'].flatMap((name) =>
    ['arrow', 'csv', 'parquet'].map((e) => `${name}.${e}`),
  );
  assert.equal(files, [...own, ...tables].sort());
  const summary = JSON.parse(readFileSync(join(target, 'study.json'), 'utf8')) as Record<string, unknown>;
  assert.equal(
    summary['files'],
    files.filter((file) => file !== 'study.json'),
  );
  assert.is(summary['verb'], 'check');
  assert.equal(summary['answer'], study.answer);
});

folder('tables carry units and provenance', () => {
  const bytes = readFileSync(join(place, 'check', 'candidates.arrow'));
  const { schema } = tableFromIPC(bytes);
  assert.is(schema.metadata.get('command'), study.info.command);
  assert.is(schema.fields.find(({ name }) => name === 'costPerYear')!.metadata.get('unit'), 'USD/year');
});

folder('an earlier study, or a run, is replaced only when forced, and whole', async () => {
  const target = join(place, 'check');
  assert.instance(await writeStudy(target, study, plain).catch((error: unknown) => error), InputError);
  const { files: _, ...rest } = study;
  await writeStudy(target, rest, { formats: [], force: true });
  assert.not.ok(existsSync(join(target, 'found.yaml')));
  assert.not.ok(existsSync(join(target, 'candidates.csv')));
  await writeResults(target, makeEmptyResults(), { formats: [], force: true });
  await writeStudy(target, study, { formats: [], force: true });
  assert.not.ok(existsSync(join(target, 'run.json')));
  assert.equal(readdirSync(place), ['check']);
});

folder("a stranger's file among them is named and kept", () => {
  for (const stranger of ['notes.md', join('charts', 'mine.svg')]) {
    const file = join(place, 'check', stranger);
    writeFileSync(file, 'mine');
    try {
      checkTarget(join(place, 'check'), true);
      assert.unreachable();
    } catch (error) {
      assert.is((error as InputError).diagnostics[0]!.found, stranger);
    }
    rmSync(file);
  }
  checkTarget(join(place, 'check'), true);
});
folder.run();

const tables = suite('studyTables');
tables('are the own ones and the assumptions', () => {
  assert.equal(
    studyTables(study).map(({ name }) => name),
    ['candidates', 'assumptions'],
  );
});
tables.run();

const summary = suite('studySummaryText');
const bare = { width: 80, good: String, bad: String, warn: String, strong: String, faint: String };
summary('says the answer, every finding, what binds and where the report is', () => {
  assert.is(
    studySummaryText(study, 'results/x', bare),
    [
      'One of two technologies meets the requirements.',
      '  pass  wi-sun-fsk-150 carries 1,000 endpoints',
      '        p95 at most 225 ms of 15 s',
      '  fail  narrowband <&> "old" does not',
      '',
      'What binds',
      '  On-demand reads on NAN up at 07:00: 1.2 kbit/s of 1 kbit/s.',
      '',
      'Report: results/x/report.html',
    ].join('\n'),
  );
});
summary.run();
