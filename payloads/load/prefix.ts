import type { CatalogueFlow, CatalogueRow } from '../types.js';

/** Rows whose ids, and what refers to them, begin with the id of their catalogue, so that they are unique over several. */
export function withPrefix(catalogue: string, rows: readonly CatalogueRow[]): CatalogueRow[] {
  const full = (id: string) => `${catalogue}/${id}`;
  const flow = (entry: CatalogueFlow): CatalogueFlow => ({
    ...entry,
    id: full(entry.id),
    ...(entry.answers === undefined ? {} : { answers: { ...entry.answers, to: full(entry.answers.to) } }),
  });
  return rows.map((row) => ({
    ...row,
    id: full(row.id),
    flows: row.flows.map(flow),
    ...(row.copyOf === undefined ? {} : { copyOf: full(row.copyOf) }),
  }));
}
