/** Flows that cannot be compiled without each other: commands and what answers them. */
import type { Catalogue } from '../../payloads/types.js';
import { itemsOf } from '../compile/compile.js';
import type { RowFlow } from '../compile/context.js';

export interface Family {
  /** In the order of the catalogue. */
  readonly items: readonly RowFlow[];
}

/** Families in the order of their first flows: connected by `answers`. O(flows x length of a chain). */
export function familiesOf(catalogue: Catalogue): Family[] {
  const items = itemsOf(catalogue);
  const byId = new Map(items.map((item) => [item.flow.id, item]));
  const rootOf = ({ flow }: RowFlow): string => {
    const command = flow.answers === undefined ? undefined : byId.get(flow.answers.to);
    return command === undefined ? flow.id : rootOf(command);
  };
  const families = new Map<string, RowFlow[]>();
  for (const item of items) {
    const root = rootOf(item);
    families.set(root, [...(families.get(root) ?? []), item]);
  }
  return [...families.values()].map((own) => ({ items: own }));
}
