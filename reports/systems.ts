/** Rows of systems on links, link by link. */
import type { SystemLoad } from '../sim/results.js';

export interface SystemsOnLink {
  readonly link: string;
  readonly area: string;
  /** In the order of the run. */
  readonly systems: readonly SystemLoad[];
}

/** The links with the systems on each, the most utilised first. */
export function systemsByLink(rows: readonly SystemLoad[]): SystemsOnLink[] {
  const links = new Map<string, SystemLoad[]>();
  for (const row of rows) {
    const own = links.get(row.link);
    if (own === undefined) links.set(row.link, [row]);
    else own.push(row);
  }
  const utilisation = (systems: readonly SystemLoad[]) => systems.reduce((sum, row) => sum + row.utilisation, 0);
  return [...links.values()]
    .map((systems) => ({ link: systems[0]!.link, area: systems[0]!.area, systems }))
    .sort((a, b) => utilisation(b.systems) - utilisation(a.systems));
}
