import type { Plan } from '../../sim/plan.js';

/** Calls `visit` for every hop of the tree of every source, parents before children. O(sources x hops). */
export function everyHop(
  { hops, sources }: Pick<Plan, 'hops' | 'sources'>,
  visit: (source: number, hop: number) => void,
): void {
  const walk = (source: number, hop: number): void => {
    visit(source, hop);
    for (let child = hops.child[hop]!; child >= 0; child = hops.sibling[child]!) walk(source, child);
  };
  sources.rootHop.forEach((root, source) => {
    walk(source, root);
  });
}
