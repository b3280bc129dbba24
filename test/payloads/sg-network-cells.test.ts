/**
 * The catalogue against a second extraction of the same tables. test/fixtures/sg-network-cells.json was made from the
 * source by a script of its own (cells counted by their leading tab, then checked against a split by regular
 * expression), not from the catalogue, so that a slip of either shows here. White space is folded; nothing else is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { loadCatalogue } from '../../payloads/load.js';
import type { CatalogueRow, Cells } from '../../payloads/types.js';

interface FixtureRow extends Cells {
  /** Number of the scenario table in the order of the source, from 1; some sections hold several. */
  readonly table: number;
  readonly section: string;
  readonly payload: string;
  readonly type: string;
  readonly attributes: string;
}

interface Fixture {
  readonly rows: readonly FixtureRow[];
  /** Hop-by-hop table of 4.5.4.2 without its sub-totals. */
  readonly detail: readonly Readonly<Record<'from' | 'to' | 'latency' | 'reliability' | 'size' | 'payload', string>>[];
  readonly applicable: readonly Readonly<Record<'section' | 'payload' | 'lics' | 'cia', string>>[];
}

const CELLS = ['baseload', 'highload', 'from', 'to', 'reliability', 'latency', 'when', 'howOften', 'size'] as const;
const LEG_CELLS = ['from', 'to', 'latency', 'reliability', 'size'] as const;

const fixture: Fixture = JSON.parse(
  readFileSync(join(packageRoot, 'test', 'fixtures', 'sg-network-cells.json'), 'utf8'),
);
const catalogue = loadCatalogue(join(packageRoot, 'payloads', 'sg-network'));
const printed = catalogue.rows.filter((row) => row.origin === 'printed');
const printedById = new Map(printed.map((row) => [row.id, row]));

/** One line per differing text; both texts quoted, so that white space and dashes show. */
function difference(where: string, cell: string, got: string | null | undefined, expected: string): string[] {
  return got === expected
    ? []
    : [`${where} ${cell}: catalogue ${JSON.stringify(got)}, source ${JSON.stringify(expected)}`];
}

function assertNone(differences: readonly string[]): void {
  assert.ok(differences.length === 0, `${differences.length} differences:\n${differences.join('\n')}`);
}

function distinct(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

/** The footnote mark at the end of a name of the detail table is no part of the name. */
function withoutFootnote(payload: string): string {
  return payload.replace(/(_alert|_alarm)\d$/, '$1');
}

const cells = suite('cells of the scenario tables');

cells('every printed row has the source’s cells', () => {
  assertNone(
    fixture.rows.flatMap((source) => {
      const where = `${source.section} ${source.payload}`;
      const row = printedById.get(`${source.section}/${source.payload}`);
      if (row === undefined) return [`${where}: not in the catalogue`];
      return [
        ...difference(where, 'type', row.type, source.type.toLowerCase()),
        ...difference(where, 'attributes', row.attributes, source.attributes),
        ...CELLS.flatMap((cell) => difference(where, cell, row.cells?.[cell], source[cell])),
      ];
    }),
  );
});

cells('no row counts as printed that the source does not print', () => {
  const source = new Set(fixture.rows.map((row) => `${row.section}/${row.payload}`));
  assertNone(printed.filter((row) => !source.has(row.id)).map((row) => `${row.id}: not in the source`));
});

cells('rows of a section keep the order of the source', () => {
  const order = (rows: readonly { section: string; payload: string }[], section: string) =>
    rows.filter((row) => row.section === section).map((row) => row.payload);
  for (const section of distinct(fixture.rows.map((row) => row.section)))
    assert.equal(order(printed, section), order(fixture.rows, section), section);
});

cells.run();

const applicable = suite('Applicable Payload tables');

applicable('every row of a listed payload has its logical interface categories and its C-I-A', () => {
  const rowsByPayload = new Map<string, CatalogueRow[]>();
  for (const row of catalogue.rows) rowsByPayload.set(row.payload, [...(rowsByPayload.get(row.payload) ?? []), row]);
  assertNone(
    fixture.applicable.flatMap((source) => {
      const rows = rowsByPayload.get(source.payload) ?? [];
      if (rows.length === 0) return [`${source.section} ${source.payload}: not in the catalogue`];
      return rows.flatMap((row) => [
        ...difference(`${source.section} ${row.id}`, 'LICs', row.lics, source.lics),
        ...difference(`${source.section} ${row.id}`, 'C-I-A', row.cia, source.cia),
      ]);
    }),
  );
});

applicable('a payload of no such table has neither', () => {
  const listed = new Set(fixture.applicable.map((source) => source.payload));
  const rows = catalogue.rows.filter((row) => !listed.has(row.payload));
  assertNone(
    rows.filter((row) => row.lics !== null || row.cia !== null).map((row) => `${row.id}: ${row.lics}, ${row.cia}`),
  );
});

applicable.run();

const detail = suite('hop-by-hop table of 4.5.4.2');

detail('payloads that stand only there are rows of origin detail with its cells', () => {
  const names = new Set(fixture.rows.map((row) => row.payload));
  const legs = fixture.detail.filter((leg) => !names.has(leg.payload));
  assert.is(legs.length, 2);
  assertNone(
    legs.flatMap((leg) => {
      const payload = withoutFootnote(leg.payload);
      const row = catalogue.rows.find((each) => each.origin === 'detail' && each.payload === payload);
      if (row === undefined) return [`4.5.4.2 ${payload}: no row of origin detail`];
      return LEG_CELLS.flatMap((cell) => difference(`4.5.4.2 ${payload}`, cell, row.cells?.[cell], leg[cell]));
    }),
  );
});

detail('every other leg is a flow of its row with the leg’s actors, latency and reliability', () => {
  const members = (cell: string) => distinct(cell.split(', '));
  assertNone(
    fixture.detail.flatMap((leg) => {
      const row = printedById.get(`4.5.4.2/${leg.payload}`);
      if (row === undefined) return [];
      const flows = row.flows.filter(
        (flow) =>
          flow.latency.text === leg.latency &&
          flow.reliability.text === leg.reliability &&
          flow.from.every((actor) => members(leg.from).includes(actor)) &&
          flow.to.every((actor) => members(leg.to).includes(actor)),
      );
      const covered =
        distinct(flows.flatMap((flow) => flow.from)).join() === members(leg.from).join() &&
        distinct(flows.flatMap((flow) => flow.to)).join() === members(leg.to).join();
      return covered ? [] : [`4.5.4.2 ${leg.payload}: no flows for ${leg.from} => ${leg.to}, ${leg.latency}`];
    }),
  );
});

detail.run();

const counts = suite('counts');

counts('the source’s 82 tables stand in the catalogue’s 78 sections', () => {
  assert.is(new Set(fixture.rows.map((row) => row.table)).size, 82);
  assert.is(new Set(printed.map((row) => row.section)).size, 78);
});

counts('206 rows are printed, of 202 payloads', () => {
  assert.is(printed.length, 206);
  assert.is(distinct(printed.map((row) => row.payload)).length, 202);
});

counts('tables and Applicable Payload tables name 204 payloads, the detail table two more', () => {
  const tables = [...fixture.rows, ...fixture.applicable].map((row) => row.payload);
  const all = [...tables, ...fixture.detail.map((leg) => withoutFootnote(leg.payload))];
  const without = catalogue.rows.filter((row) => row.origin !== 'detail').map((row) => row.payload);
  assert.is(distinct(without).length, 204);
  assert.equal(distinct(without), distinct(tables));
  assert.is(distinct(catalogue.rows.map((row) => row.payload)).length, 206);
  assert.equal(distinct(catalogue.rows.map((row) => row.payload)), distinct(all));
});

counts.run();
