/** A run's files as others read them: every format and reader gives the values of the results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC as flechetteTable } from '@uwdata/flechette';
import { tableFromIPC as arrowTable } from 'apache-arrow';
import { csvParse } from 'd3-dsv';
import { parquetReadObjects } from 'hyparquet';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario, simulate } from '../../pipeline.js';
import { writeResults } from '../../reports/index.js';
import type { Results } from '../../sim/results.js';
import { emptyFolder } from '../cli/support.js';

const plan = compile(loadScenario(join(packageRoot, 'scenarios', 'worked-example.yaml')));
const results = (await simulate(plan, { replications: 2 }))!;
const folder = join(emptyFolder(), 'run');
const written = await writeResults(folder, results, { formats: ['csv', 'parquet'], force: false });

/** Rows of each table and where it stands in the results. */
const TABLES: Readonly<Record<string, (results: Results) => readonly object[]>> = {
  flows: ({ flows }) => flows,
  links: ({ links }) => links,
  hours: ({ hours }) => hours,
  'busy-hours': ({ busyHours }) => busyHours,
  systems: ({ systems }) => systems,
  assumptions: ({ assumptions }) => assumptions,
  'out-of-scope': ({ outOfScope }) => outOfScope,
};

type Value = string | number | null;
/** What a reader makes of a file: rows as objects. */
type Reader = (bytes: Buffer) => readonly Record<string, unknown>[] | Promise<Record<string, unknown>[]>;

function fromColumns(names: readonly string[], rows: number, column: (name: string) => Iterable<unknown>) {
  const columns = names.map((name) => [name, [...column(name)]] as const);
  return Array.from({ length: rows }, (_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
}

const READERS: Readonly<Record<string, readonly [ending: string, read: Reader]>> = {
  'apache-arrow': [
    'arrow',
    (bytes) => {
      const table = arrowTable(bytes);
      const names = table.schema.fields.map((field) => field.name);
      return fromColumns(names, table.numRows, (name) => table.getChild(name)!);
    },
  ],
  '@uwdata/flechette': [
    'arrow',
    (bytes) => {
      const table = flechetteTable(bytes);
      return fromColumns(table.names as string[], table.numRows, (name) => table.getChild(name));
    },
  ],
  hyparquet: ['parquet', (bytes) => parquetReadObjects({ file: new Uint8Array(bytes).buffer })],
  'd3-dsv': ['csv', (bytes) => csvParse(bytes.toString())],
};

/** A value as files hold it: a missing one is null. */
const held = (value: unknown): Value => (typeof value === 'number' && Number.isNaN(value) ? null : (value as Value));

const readers = suite('readers of result files');

readers('the folder has all tables in three formats, the report, the charts and the facts of the run', () => {
  for (const table of Object.keys(TABLES)) {
    for (const ending of ['arrow', 'csv', 'parquet']) assert.ok(written.includes(`${table}.${ending}`), table);
  }
  for (const file of ['report.html', 'run.json']) assert.ok(written.includes(file), file);
  assert.ok(written.some((file) => /^charts.+\.svg$/.test(file)));
});

for (const [reader, [ending, read]] of Object.entries(READERS)) {
  for (const [table, rowsOf] of Object.entries(TABLES)) {
    readers(`${reader} reads ${table}.${ending} as it was computed`, async () => {
      const rows = rowsOf(results) as readonly Record<string, unknown>[];
      const found = await read(readFileSync(join(folder, `${table}.${ending}`)));
      assert.is(found.length, rows.length);
      rows.forEach((row, i) => {
        for (const [key, value] of Object.entries(row)) {
          const given = found[i]![key];
          // CSV knows texts only: they must read as the same number.
          if (ending === 'csv' && typeof value === 'number' && !Number.isNaN(value)) {
            assert.is(given === '' ? null : Number(given), value, `${key} of row ${i}`);
          } else assert.is(ending === 'csv' && given === '' && held(value) === null ? null : given, held(value), key);
        }
        assert.equal(Object.keys(found[i]!).sort(), Object.keys(row).sort());
      });
    });
  }
}

readers('the tables are not trivial: flows that were sent, links that were loaded, missing values', () => {
  assert.ok(results.flows.some((flow) => flow.delivered > 1000));
  assert.ok(results.links.some((link) => link.offeredB > 1e6));
  assert.ok(results.flows.some((flow) => Object.values(flow).some((value) => Number.isNaN(value))));
});

readers('run.json names scenario, seed, versions and what was counted', () => {
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Results['run'];
  assert.equal(run, JSON.parse(JSON.stringify(results.run)));
  assert.equal([run.scenario, run.seed, run.replications, run.exit], ['Worked example 4.21', plan.seed, 2, 'done']);
  assert.match(run.scenarioHash, /^[0-9a-f]{64}$/);
});

readers.run();
