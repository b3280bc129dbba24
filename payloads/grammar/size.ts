import type { Quantity, Size } from '../types.js';
import { parseList } from './alternatives.js';
import { NUMBER, numberOf } from './numbers.js';
import type { Scanner } from './text.js';

/**
 * Reads a size cell, whose every item is an alternative: `50`, `25k - 50k`, `400k - 2,000k`, each end with its
 * `for ...` words if it has any (`1600 for 4hr of data - 2400 for 6hr of data`), or a symbol, `xMB`, which is
 * `{ missing: 'xMB' }`.
 * @returns bytes; k = 1000 and M = 1,000,000
 * @throws GrammarError
 */
export function parseSize(text: string): Size[] {
  return parseList(text, takeSize).map(({ item }) => item);
}

function takeSize(scanner: Scanner): Size {
  const start = scanner.skip();
  const sizeB = takeQuantity(scanner);
  return { text: scanner.since(start), sizeB };
}

function takeQuantity(scanner: Scanner): Quantity {
  const symbol = scanner.take(/[xyz](?:[kM]?B)?(?!\w)/)?.[0];
  if (symbol !== undefined) return { missing: symbol };
  const least = takeBytes(scanner);
  if (scanner.take(/-/) === undefined) return { least, most: least };
  const start = scanner.position;
  const most = takeBytes(scanner);
  if (most >= least) return { least, most };
  scanner.position = start;
  return scanner.fail('an upper end that is not below the lower one');
}

const SCALE: Readonly<Record<string, number>> = { '': 1, k: 1000, M: 1_000_000 };

function takeBytes(scanner: Scanner): number {
  const count = numberOf(scanner.expect(NUMBER, 'a number of bytes, or a symbol like xMB')[0]);
  const scale = scanner.take(/(?:[kM]B?|B)(?!\w)/)?.[0].replace('B', '') ?? '';
  scanner.take(/for\s(?:(?!\s-\s)[^,])*/);
  return count * SCALE[scale]!;
}
