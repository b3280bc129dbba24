import { type Diagnostic, InputError } from '../base/diagnostics.js';
import { DEFAULT_CATALOGUE } from './catalogue.js';
import { hashOf } from './hash.js';
import type { Catalogue } from './types.js';

/**
 * Several catalogues as one; the order in which they are given does not matter. Names of populations, events, missing
 * values and counts that stand in several must mean the same there; ids of use cases and rows must differ.
 * @throws InputError with every name that means two things; `file` names the catalogues
 */
export function mergeCatalogues(catalogues: readonly Catalogue[]): Catalogue {
  const sorted = [...catalogues].sort(inOrder);
  if (sorted.length === 1) return sorted[0]!;
  const problems: Diagnostic[] = [];
  const named = <T extends { readonly name: string }>(kind: string, listOf: (catalogue: Catalogue) => readonly T[]) =>
    union(sorted, kind, listOf, ({ name }) => name, hashOf, problems);
  const unique = <T extends { readonly id: string }>(kind: string, listOf: (catalogue: Catalogue) => readonly T[]) =>
    union(sorted, kind, listOf, ({ id }) => id, undefined, problems);
  const merged: Catalogue = {
    version: sorted[0]!.version,
    id: sorted.map(({ id }) => id).join(' + '),
    needsProfile: sorted.some(({ needsProfile }) => needsProfile),
    system: sorted.map(({ system }) => system).join('; '),
    source: sorted.map(({ source }) => source).join('; '),
    hash: hashOf(sorted.map(({ hash }) => hash)),
    useCases: unique('use case', (catalogue) => catalogue.useCases),
    systems: sorted.flatMap(({ systems }) => systems),
    rows: unique('row', (catalogue) => catalogue.rows),
    populations: named('population', (catalogue) => catalogue.populations),
    events: named('event', (catalogue) => catalogue.events),
    missing: named('missing value', (catalogue) => catalogue.missing),
    counts: named('count', (catalogue) => catalogue.counts),
    rules: named('rule', (catalogue) => catalogue.rules),
    mappings: {
      distributionAutomation: sorted.flatMap(({ mappings }) => mappings.distributionAutomation),
      updateMethods: sorted.flatMap(({ mappings }) => mappings.updateMethods),
    },
  };
  if (problems.length > 0) throw new InputError(problems);
  return merged;
}

/** The reference catalogue first, then by id; what is not of the package may share an id, but not a content. */
function inOrder(a: Catalogue, b: Catalogue): number {
  const rank = ({ id }: Catalogue) => (id === DEFAULT_CATALOGUE ? 0 : 1);
  const byName = a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return rank(a) - rank(b) || byName || (a.hash < b.hash ? -1 : 1);
}

/** @param same what must be equal for two entries of one name to be one; absent: they never are */
function union<T>(
  catalogues: readonly Catalogue[],
  kind: string,
  listOf: (catalogue: Catalogue) => readonly T[],
  nameOf: (entry: T) => string,
  same: ((entry: T) => string) | undefined,
  problems: Diagnostic[],
): T[] {
  const first = new Map<string, { readonly entry: T; readonly of: string }>();
  for (const catalogue of catalogues) {
    for (const entry of listOf(catalogue)) {
      const name = nameOf(entry);
      const known = first.get(name);
      if (known === undefined) first.set(name, { entry, of: catalogue.id });
      else if (same === undefined || same(known.entry) !== same(entry)) {
        problems.push({
          code: 'CONFLICT',
          file: `${known.of} and ${catalogue.id}`,
          path: '',
          message: `both catalogues have a ${kind} of this name${same === undefined ? '' : ', and not the same'}`,
          found: name,
        });
      }
    }
  }
  return [...first.values()].map(({ entry }) => entry);
}
