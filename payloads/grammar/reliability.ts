import type { Reliability, ReliabilityTier } from '../types.js';
import { type Listed, parseList } from './alternatives.js';
import { NUMBER, numberOf, takeDurationRange } from './numbers.js';
import type { Scanner } from './text.js';

/**
 * Reads a reliability cell: `[>] N% [success] [every|over WINDOW] [condition]`, e.g. `> 99.5%`,
 * `90% success every 4-6 hr, 98% success over 1 day`, `> 30% large outage`; `xx%` is `{ missing: 'xx' }`.
 * Items with a window or a condition that stand after `, ` are tiers of one alternative; everything else is an
 * alternative of its own, since two plain shares of each message cannot both be required.
 * @returns alternatives; shares in 0..1, windows in seconds
 * @throws GrammarError
 */
export function parseReliability(text: string): Reliability[] {
  const groups: { texts: string[]; tiers: ReliabilityTier[] }[] = [];
  let before: Listed<Item> | undefined;
  for (const listed of parseList(text, takeTier)) {
    const { tier, printed } = listed.item;
    const joins = before !== undefined && !listed.tight && isBounded(tier) && isBounded(before.item.tier);
    const group = joins ? groups[groups.length - 1]! : { texts: [], tiers: [] };
    if (!joins) groups.push(group);
    group.texts.push(printed);
    group.tiers.push(tier);
    before = listed;
  }
  return groups.map(({ texts, tiers }) => ({ text: texts.join(', '), tiers }));
}

interface Item {
  readonly printed: string;
  readonly tier: ReliabilityTier;
}

function isBounded(tier: ReliabilityTier): boolean {
  return tier.windowS !== undefined || tier.condition !== undefined;
}

function takeTier(scanner: Scanner): Item {
  const start = scanner.skip();
  const strict = scanner.take(/>/) !== undefined;
  const share = takeShare(scanner);
  scanner.take(/success\b/i);
  const windowS = scanner.take(/(?:every|over)\b/i) && takeDurationRange(scanner);
  const condition = scanner.take(/[a-z][^,]*/i)?.[0].trim();
  const tier: ReliabilityTier = {
    share,
    strict,
    ...(windowS === undefined ? {} : { windowS }),
    ...(condition === undefined ? {} : { condition }),
  };
  return { printed: scanner.since(start), tier };
}

function takeShare(scanner: Scanner): ReliabilityTier['share'] {
  const symbol = scanner.take(/[xyz]+(?=\s*%)/)?.[0];
  const start = scanner.position;
  const percent = symbol ?? scanner.expect(NUMBER, 'a percentage')[0];
  scanner.expect(/%/, '"%"');
  if (symbol !== undefined) return { missing: symbol };
  if (numberOf(percent) > 100) {
    scanner.position = start;
    scanner.fail('a percentage up to 100');
  }
  return numberOf(percent) / 100;
}
