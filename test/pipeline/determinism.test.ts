/** The same scenario and seed give the same bytes, in another process and with another number of threads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { emptyFolder, fanplan } from '../cli/support.js';

const folder = emptyFolder();
const scenario = join(packageRoot, 'scenarios', 'worked-example.yaml');

/** Runs the scenario in a process of its own. @returns file name -> bytes */
function files(name: string, ...options: string[]): Map<string, Buffer> {
  const target = join(folder, name);
  const { code, err } = fanplan(['run', scenario, '-o', target, '-n', '2', '--format', 'csv', '-q', ...options]);
  assert.is(code, 0, err);
  return new Map(
    readdirSync(target, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const),
  );
}

const arrows = (all: Map<string, Buffer>) => [...all].filter(([name]) => name.endsWith('.arrow'));
const differing = (a: Map<string, Buffer>, b: Map<string, Buffer>) =>
  [...a].filter(([name, bytes]) => !b.get(name)!.equals(bytes)).map(([name]) => name);

const one = files('one', '--workers', '1');
const two = files('two', '--workers', '2');
const other = files('other', '--seed', 'another');

const determinism = suite('fanplan run');

determinism('writes the same bytes again, with one thread or two: tables, charts and report', () => {
  assert.is(arrows(one).length, 10);
  assert.equal([...one.keys()].sort(), [...two.keys()].sort());
  assert.equal(
    differing(one, two).filter((name) => name !== 'run.json' && name !== 'report.html'),
    [],
  );
});

determinism('the facts of the run differ in wall-clock times only', () => {
  const facts = (all: Map<string, Buffer>) => {
    const { timing, ...rest } = JSON.parse(all.get('run.json')!.toString()) as Record<string, unknown>;
    assert.ok(timing);
    return rest;
  };
  assert.equal(facts(one), facts(two));
});

determinism('another seed gives other flows, links and hours', () => {
  const changed = differing(one, other);
  for (const table of ['flows', 'links', 'hours']) assert.ok(changed.includes(`${table}.arrow`), table);
});

determinism.run();
