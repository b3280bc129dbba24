import type { Latency, Range } from '../types.js';
import { parseList } from './alternatives.js';
import { NUMBER, numberOf, takeDuration, takeNote } from './numbers.js';
import type { Scanner } from './text.js';

/**
 * Reads a latency cell: alternatives `[A unit -] < B unit [per N devices] [(words)]`, e.g. `< 5 sec`,
 * `20 min - < 4 hr per 1 mtr`, `< 7 day per 100,000 mtrs`. Every comma between items parts alternatives.
 * @returns seconds; the upper end is always strict
 * @throws GrammarError
 */
export function parseLatency(text: string): Latency[] {
  return parseList(text, takeLatency).map(({ item }) => item);
}

function takeLatency(scanner: Scanner): Latency {
  const start = scanner.skip();
  const budgetS = takeBudget(scanner);
  const devices = scanner.take(/per\b/) && numberOf(scanner.expect(NUMBER, 'a number of devices')[0]);
  if (devices !== undefined) scanner.expect(/[a-z][^,(]*/i, 'what is counted');
  takeNote(scanner);
  return { text: scanner.since(start), budgetS, ...(devices === undefined ? {} : { perDevices: devices }) };
}

function takeBudget(scanner: Scanner): Range {
  if (scanner.take(/</) !== undefined) {
    const budgetS = takeDuration(scanner);
    return { least: budgetS, most: budgetS };
  }
  if (scanner.take(/(?=\d)/) === undefined) scanner.fail('"<" or a number');
  const least = takeDuration(scanner);
  scanner.expect(/-/, '"- <" and the upper end');
  scanner.expect(/</, '"<" before the upper end');
  const start = scanner.position;
  const most = takeDuration(scanner);
  if (most >= least) return { least, most };
  scanner.position = start;
  return scanner.fail('an upper end that is not below the lower one');
}
