/** Requirements in the layout of the original spreadsheet, as a catalogue. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import { nearestTo } from '../../base/nearest.js';
import { catalogueOf } from '../../payloads/load.js';
import type { Catalogue } from '../../payloads/types.js';
import { referenceModel } from '../../topologies/index.js';
import { type CatalogueFiles, catalogueTexts } from './catalogue-texts.js';
import { requirementSets } from './children.js';
import { layoutOf, PAYLOAD_COLUMNS, REQUIREMENT_COLUMNS } from './columns.js';
import { KnownNames } from './known-names.js';
import { payloadFacts } from './payload-rows.js';
import { Places } from './places.js';
import { requirementRows } from './requirement-rows.js';
import { readSheets, type Sheet } from './sheets.js';

export const REQUIREMENT_SHEET = 'Reqmnts-Combined';
export const PAYLOAD_SHEET = 'Payload_attrib_LIC-CIA-rtnl';

export interface Imported extends CatalogueFiles {
  readonly catalogue: Catalogue;
  /** SHA-256 of the file. */
  readonly fileHash: string;
  /** Rows that were read and are in the catalogue. */
  readonly parents: number;
  readonly children: number;
  /** Titles of columns that mean nothing here. */
  readonly ignored: readonly string[];
  /** What could not be read; rows concerned are left out, with their children. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads a workbook or a comma-separated file.
 * @param id of the catalogue
 * @throws InputError when the file, its sheet or its columns cannot be read, or when nothing is left to import;
 *   AccessError
 */
export async function importRequirements(file: string, id: string): Promise<Imported> {
  const sheets = await readSheets(file);
  const places = new Places(file);
  const sheet = sheetOf(sheets, file);
  const layout = layoutOf(sheet, REQUIREMENT_COLUMNS, places);
  if (layout === undefined || places.problems.length > 0) throw new InputError(places.problems);

  const names = new KnownNames(referenceModel());
  const rows = requirementRows(layout, names, places);
  const sets = requirementSets(rows, layout, places);
  const payloads = sheets.find(({ name }) => name === PAYLOAD_SHEET);
  const payloadLayout = payloads && layoutOf(payloads, PAYLOAD_COLUMNS, places);
  const facts = payloadLayout === undefined ? new Map() : payloadFacts(payloadLayout, rows, places);

  const isWhole = ({ at }: { readonly at: number }) => !places.has(sheet, at);
  const whole = sets
    .filter(({ parent }) => isWhole(parent))
    .map(({ parent, children }) => ({ parent, children: children.filter(isWhole) }));
  if (whole.length === 0) {
    places.report(sheet, layout.head, -1, '', { code: 'EMPTY', message: 'no requirement row of type P can be read' });
    throw new InputError(inOrder(places.problems));
  }
  const files = catalogueTexts(whole, layout, facts, names, { id, file, sheet: sheet.name });
  const actors = referenceModel().actors.filter((actor) => actor.node !== true);
  const catalogue = catalogueOf(Object.fromEntries(files.texts), { actors: actors.map((actor) => actor.name) });
  return {
    ...files,
    catalogue,
    fileHash: createHash('sha256').update(readFileSync(file)).digest('hex'),
    parents: whole.length,
    children: whole.reduce((sum, { children }) => sum + children.length, 0),
    ignored: layout.ignored,
    problems: inOrder(places.problems),
  };
}

function sheetOf(sheets: readonly Sheet[], file: string): Sheet {
  const [only] = sheets;
  if (sheets.length === 1 && only!.name === '') return only!;
  const sheet = sheets.find(({ name }) => name === REQUIREMENT_SHEET);
  if (sheet !== undefined) return sheet;
  throw new InputError([
    {
      code: 'MISSING_KEY',
      file,
      path: '',
      message: `the workbook has no sheet ${REQUIREMENT_SHEET}`,
      found: sheets.map(({ name }) => name).join(', '),
      allowed: REQUIREMENT_SHEET,
      ...nearestTo(
        REQUIREMENT_SHEET,
        sheets.map(({ name }) => name),
      ),
    },
  ]);
}

function inOrder(problems: readonly Diagnostic[]): Diagnostic[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
