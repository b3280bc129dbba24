/**
 * Pages of documents against their catalogues and against a second reading. The fixtures hold the identifiers of each
 * document (numbered steps, rules, fields, e-mails, headings, parts) and their lines, found in its text by pattern and
 * not from catalogue or page.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { builtInCatalogue } from '../../payloads/catalogue.js';

interface Row {
  readonly id: string;
  readonly line: number;
  readonly stands: string;
}

/** Tables of identifier, line, what it says, flow or rule or reason. */
function rowsOf(page: string): Row[] {
  const text = readFileSync(join(packageRoot, 'docs', 'systems', page), 'utf8');
  return [...text.matchAll(/^\| ([^|]+) \| (\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map((cells) => ({
    id: cells[1]!,
    line: Number(cells[2]),
    stands: cells[4]!,
  }));
}

const systems = [
  { catalogue: 'smart-meter-texas', prefix: /`(smt_[a-z0-9_]+)`/g, least: 75 },
  { catalogue: 'sb284', prefix: /`(sb_[a-z0-9_]+)`/g, least: 380 },
];
const STANDS = /^(flow `|rule |rule: |field of `|actor of |use case `|reason: |no network meaning)/;

const pages = suite('pages of systems');

for (const { catalogue, prefix, least } of systems) {
  const rows = rowsOf(`${catalogue}.md`);
  const fixture = JSON.parse(
    readFileSync(join(packageRoot, 'test', 'fixtures', `${catalogue}-identifiers.json`), 'utf8'),
  ) as { id: string; line: number }[];
  const catalogueRows = builtInCatalogue(catalogue).rows;
  const payloadsIn = (text: string) => [...text.matchAll(prefix)].map((match) => match[1]!);

  pages(`${catalogue}: every identifier of the document stands once, with its line`, () => {
    assert.ok(fixture.length >= least, `${fixture.length}`);
    const placed = (list: readonly { id: string; line: number }[]) =>
      list.map(({ id, line }) => `${line} ${id}`).sort();
    assert.equal(placed(rows), placed(fixture));
  });

  pages(`${catalogue}: each has a flow, a rule or a reason`, () => {
    assert.equal(
      rows.filter(({ stands }) => !STANDS.test(stands)).map(({ id, stands }) => `${id}: ${stands}`),
      [],
    );
  });

  pages(`${catalogue}: every payload that is named exists, and every payload is named`, () => {
    const known = new Set(catalogueRows.map(({ payload }) => payload));
    const named = new Set(rows.flatMap(({ stands }) => payloadsIn(stands)));
    assert.equal(
      [...named].filter((name) => !known.has(name)),
      [],
    );
    assert.equal(
      [...known].filter((name) => !named.has(name)),
      [],
    );
  });

  pages(`${catalogue}: a flow that stands for an identifier cites its line`, () => {
    const cited = new Map(catalogueRows.map(({ payload, lines }) => [payload, lines ?? '']));
    const astray = rows
      .filter(({ stands }) => stands.startsWith('flow `'))
      .filter(({ line, stands }) => !payloadsIn(stands).some((payload) => cites(cited.get(payload)!, line)))
      .map(({ id, line, stands }) => `${line} ${id}: ${stands}`);
    assert.equal(astray, []);
  });
}

/** `85, 186-222` */
function cites(lines: string, line: number): boolean {
  return lines.split(',').some((part) => {
    const [first, last] = part.split('-').map(Number);
    return line >= first! && line <= (last ?? first!);
  });
}

pages.run();
