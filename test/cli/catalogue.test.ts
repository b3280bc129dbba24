import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { emptyFolder, fanplan, shell } from './support.js';

interface JsonRow {
  readonly origin: string;
  readonly useCase: string;
  readonly section: string;
  readonly payload: string;
  readonly cells: Record<string, string> | null;
}

const all = JSON.parse(fanplan(['catalogue', '--json']).out) as JsonRow[];
const catalogue = suite('fanplan catalogue');

catalogue('gives the 206 printed rows with 202 names, and 206 names in all', () => {
  const printed = all.filter((row) => row.origin === 'printed');
  assert.is(printed.length, 206);
  assert.is(new Set(printed.map((row) => row.payload)).size, 202);
  assert.is(new Set(all.map((row) => row.payload)).size, 206);
});

catalogue('filters by use case id and by its name alike', () => {
  const byId = fanplan(['catalogue', '--json', '--use-case', 'meter-reading']).out;
  assert.is(byId, fanplan(['catalogue', '--json', '--use-case', 'Meter Reading']).out);
  const rows = JSON.parse(byId) as JsonRow[];
  assert.is(rows.filter((row) => row.origin === 'printed').length, 9);
  assert.ok(rows.every((row) => row.useCase === 'Meter Reading'));
});

catalogue('leaves out what is not part of the load case', () => {
  const names = (JSON.parse(fanplan(['catalogue', '--json', '--load', 'baseload']).out) as JsonRow[]).map(
    (r) => r.payload,
  );
  assert.ok(names.includes('on-demand_Mtr-read_cmd'));
  assert.not.ok(names.includes('Load_mgm_reqst'));
});

catalogue('writes CSV with one line per row and a head', () => {
  const lines = fanplan(['catalogue', '--csv', '--payload', 'SW_opr_cmd']).out.trim().split('\n');
  assert.is(lines.length, 2);
  assert.match(lines[0]!, /^origin,useCase,section,/);
});

catalogue('answers a payload that does not exist with the nearest name and exit code 2', () => {
  const { code, err, out } = fanplan(['catalogue', '--payload', 'SW_opr_cmmd']);
  assert.is(code, 2);
  assert.is(out, '');
  assert.match(err, /nearest {2}SW_opr_cmd/);
});

catalogue('ends quietly when its reader goes away', () => {
  const { err, out } = shell('fanplan catalogue --json | head -c 100', emptyFolder());
  assert.is(out.length, 100);
  assert.is(err, '');
});

catalogue('gives a pipe all of its output', () => {
  const { out } = shell('fanplan catalogue --json | wc -c', emptyFolder());
  assert.ok(Number(out) > 200_000, out);
});

catalogue.run();

const check = suite('fanplan catalogue check');

check('says what a catalogue holds in which nothing is wrong', () => {
  const { out, code } = fanplan(['catalogue', 'check', join(packageRoot, 'payloads', 'sg-network'), '--json']);
  assert.is(code, 0);
  const { id, rows, useCases } = JSON.parse(out) as { id: string; rows: number; useCases: number };
  assert.equal([id, useCases, rows], ['sg-network', 17, all.length]);
});

check('knows the actors that a catalogue of the package adds', () => {
  for (const id of ['ami-d3', 'smartconnect-c6']) {
    const { out, code } = fanplan(['catalogue', 'check', join(packageRoot, 'payloads', id), '--json']);
    assert.equal([code, JSON.parse(out).stranded], [0, []], id);
  }
});

check('tells every problem with its line, and of a file only its own', () => {
  const folder = emptyFolder();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('catalogue.yaml', 'catalogue: 1\nid: a\ntitle: A\nprofil: optional\n');
  write('populations.yaml', '- { name: P, actors: [MDM], count: "1", description: d }\n');
  const whole = fanplan(['catalogue', 'check', folder]);
  assert.is(whole.code, 2);
  assert.match(whole.err, /catalogue\.yaml:4:1 {2}profil {2}UNKNOWN_KEY/);
  assert.match(whole.err, /populations\.yaml:1:\d+ {2}\[0\]\.actors\[0\] {2}UNKNOWN_NAME[\s\S]*nearest {2}MDMS/);
  const one = fanplan(['catalogue', 'check', join(folder, 'populations.yaml')]);
  assert.is(one.code, 2);
  assert.not.match(one.err, /catalogue\.yaml/);
  assert.match(fanplan(['catalogue', 'check', join(folder, 'none')]).err, /NOT_FOUND/);
});

check.run();
