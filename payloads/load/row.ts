import type { KeyPath, PositionedYaml } from '../../base/yaml.js';
import { foldBlanks } from '../grammar/text.js';
import type { RowEntry } from '../schema.js';
import type { CatalogueRow } from '../types.js';
import { FIELD_NAMES, readCells } from './cells.js';
import { type DraftFlow, type RowPlace, readFlow } from './flow.js';
import type { Names } from './names.js';

/** A row before its answers are resolved, with its place. */
export interface DraftRow {
  readonly row: Omit<CatalogueRow, 'flows' | 'lics' | 'cia'>;
  readonly flows: readonly DraftFlow[];
  /** False when flows are absent because something is wrong with them. */
  readonly complete: boolean;
  readonly yaml: PositionedYaml;
  readonly path: KeyPath;
}

/** Where a row stands. */
export interface Scenario {
  readonly useCase: string;
  readonly section: string;
  readonly title: string;
}

/** Reads one row with its flows; everything that is wrong with it is reported. */
export function readRow(
  yaml: PositionedYaml,
  path: KeyPath,
  scenario: Scenario,
  entry: RowEntry,
  id: string,
  names: Names,
): DraftRow {
  checkOrigin(yaml, path, entry);
  const cells = readCells(yaml, path, entry);
  const place: RowPlace = { yaml, path, entry, id, cells, names };
  const isReadable = entry.origin === 'prose' ? entry.flows !== undefined : entry.cells !== undefined;
  const read = !isReadable ? [] : entry.copyOf === undefined ? readFlows(place) : noFlows(place);
  const flows = read.filter((flow) => flow !== undefined);
  const row = {
    id,
    origin: entry.origin ?? 'printed',
    useCase: scenario.useCase,
    section: scenario.section,
    businessScenario: scenario.title,
    payload: entry.payload,
    type: entry.type,
    attributes: foldBlanks(String(entry.attributes ?? '')),
    cells: entry.origin === 'prose' ? null : cells.printed,
    readings: entry.readings ?? [],
    ...(entry.note === undefined ? {} : { note: entry.note }),
    ...(entry.lines === undefined ? {} : { lines: String(entry.lines) }),
    ...(entry.copyOf === undefined ? {} : { copyOf: entry.copyOf }),
  };
  return { row, flows, complete: isReadable && flows.length === read.length, yaml, path };
}

/** What a row must have, and must not, because of where it comes from. */
function checkOrigin(yaml: PositionedYaml, path: KeyPath, entry: RowEntry): void {
  const missing = (key: 'cells' | 'flows' | 'note', message: string) =>
    yaml.report([...path, key], { code: 'MISSING_KEY', message });
  if (entry.origin !== 'prose') {
    if (entry.cells === undefined) missing('cells', 'the key cells is missing');
    return;
  }
  if (entry.cells !== undefined) {
    const message = 'a row from prose has no printed cells; its flows state every figure';
    yaml.report([...path, 'cells'], { code: 'CONFLICT', message });
  }
  if (entry.flows === undefined) missing('flows', 'a row from prose states its figures in flows');
  if (entry.note === undefined) missing('note', 'a row from prose says in a note what the document says');
}

/** Undefined stands for a flow with which something is wrong. */
function readFlows(place: RowPlace): (DraftFlow | undefined)[] {
  const { entry, path, yaml } = place;
  // A hop of a path has no how-often of its own: its rate is that of the payload it belongs to.
  if (entry.flows === undefined) {
    if (entry.origin === 'detail') return [];
    return [readFlow(place, {}, path)];
  }
  const labels = new Set<string>();
  entry.flows.forEach(({ label }, i) => {
    const at = [...path, 'flows', i, 'label'];
    if (label === undefined && entry.flows!.length > 1) {
      yaml.report(at, { code: 'MISSING_KEY', message: 'each of several flows of a row needs a label' });
    }
    if (label === undefined) return;
    if (labels.has(label))
      yaml.report(at, { code: 'DUPLICATE', message: 'the row has a flow of this label already', found: label });
    labels.add(label);
  });
  const flows = entry.flows.map((flow, i) => readFlow(place, flow, [...path, 'flows', i]));
  const read = flows.filter((flow) => flow !== undefined);
  if (read.length === flows.length) checkNothingDropped(place, read);
  return flows;
}

/** Every alternative of every cell is some flow's, or a reading says why not. */
function checkNothingDropped({ entry, cells, yaml, path, names }: RowPlace, flows: readonly DraftFlow[]): void {
  if ((entry.readings ?? []).length > 0 || flows.some(({ flow }) => flow.reading !== undefined)) return;
  const dropped = (cell: string, what: readonly string[]) => {
    if (what.length === 0) return;
    yaml.report([...path, 'cells', cell], {
      code: 'CONFLICT',
      message: 'no flow has this part of the cell, and no reading says why',
      found: what.join(' | '),
    });
  };
  for (const name of FIELD_NAMES) {
    const used = new Set(flows.map(({ flow }) => flow[name].text));
    const texts = (cells.alternatives[name] ?? []).map((alternative) => alternative.text);
    dropped(
      name,
      texts.filter((text) => !used.has(text)),
    );
  }
  for (const side of ['from', 'to'] as const) {
    const used = new Set(flows.flatMap(({ flow }) => flow[side]));
    const actors = (cells[side] ?? []).flat().map((name) => names.actor(yaml, [...path, 'cells', side], name));
    dropped(
      side,
      actors.filter((actor) => !used.has(actor)),
    );
  }
}

function noFlows({ entry, yaml, path }: RowPlace): DraftFlow[] {
  for (const key of ['flows', 'answers'] as const) {
    if (entry[key] === undefined) continue;
    yaml.report([...path, key], {
      code: 'CONFLICT',
      message: `a copy of another row has no ${key}: nothing counts twice`,
    });
  }
  return [];
}
