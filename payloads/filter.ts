import { type Diagnostic, InputError } from '../base/diagnostics.js';
import { unknownName } from './load/unknown.js';
import type { Catalogue, CatalogueRow, LoadCase } from './types.js';

export interface RowFilter {
  /** Ids or names of use cases, in any case (`meter-reading`, `Meter Reading`); absent or empty: all. */
  readonly useCases?: readonly string[];
  /** Payload names as printed; absent or empty: all. */
  readonly payloads?: readonly string[];
  /** Rows whose PAP02 cell of this load case is marked. */
  readonly load?: LoadCase;
}

/**
 * The rows that pass every part of a filter, in the order of the catalogue. A row from prose belongs to the load cases of
 * its flows, a `listed` one to none.
 * @throws InputError for each use case and payload that does not exist, with the nearest
 */
export function filterRows(catalogue: Catalogue, filter: RowFilter): CatalogueRow[] {
  const diagnostics: Diagnostic[] = [];
  const pick = (option: string, kind: string, wanted: readonly string[], known: ReadonlyMap<string, string>) => {
    const picked = new Set<string>();
    for (const text of wanted) {
      const name = known.get(text.toLowerCase());
      if (name === undefined)
        diagnostics.push({
          file: option,
          path: '',
          ...unknownName(`there is no ${kind} of this name`, text, known.values()),
        });
      else picked.add(name);
    }
    return wanted.length === 0 ? undefined : picked;
  };
  const useCases = pick('--use-case', 'use case', filter.useCases ?? [], useCaseNames(catalogue));
  const names = new Map(catalogue.rows.map(({ payload }) => [payload.toLowerCase(), payload]));
  const payloads = pick('--payload', 'payload', filter.payloads ?? [], names);
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  return catalogue.rows.filter(
    (row) =>
      (useCases?.has(row.useCase) ?? true) &&
      (payloads?.has(row.payload) ?? true) &&
      (filter.load === undefined || isMarked(row, filter.load)),
  );
}

function useCaseNames(catalogue: Catalogue): Map<string, string> {
  const names = catalogue.useCases.map(({ id, name }): [string, string] => [name.toLowerCase(), id]);
  const ids = catalogue.useCases.map(({ id }): [string, string] => [id.toLowerCase(), id]);
  return new Map([...names, ...ids]);
}

function isMarked(row: CatalogueRow, load: LoadCase): boolean {
  return row.cells?.[load].startsWith('X') ?? row.flows.some(({ loads }) => loads.includes(load));
}
