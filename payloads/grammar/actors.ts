import { parseList } from './alternatives.js';

/**
 * Reads an actor cell: `, ` stands between the members of a group, a tight `,` between groups, which are alternatives.
 * A group that the source broke over lines at its commas cannot be told from members any more once white space is
 * folded; the catalogue's flows say then who sends to whom.
 * @returns groups of names as printed, e.g. `[['MDMS', 'NMS'], ['Field Tool']]`
 * @throws GrammarError where a name is empty
 */
export function parseActors(text: string): string[][] {
  const groups: string[][] = [];
  for (const { item, tight } of parseList(text, (scanner) => scanner.expect(/[^,]+/, 'an actor')[0].trim())) {
    if (tight || groups.length === 0) groups.push([item]);
    else groups[groups.length - 1]!.push(item);
  }
  return groups;
}
