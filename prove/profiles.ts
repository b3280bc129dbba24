/**
 * Profiles that are computed together have the numbers of each computed by itself: all 84 single profiles and a part of the
 * combinations, over ready-made scenarios of every kind.
 *
 * Usage: node dist/prove/profiles.js; the last line is `N passed, N failed`. Some 40 s.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { allCodes } from '../studies/profiles/profiles.js';
import type { ProfileRow } from '../studies/profiles/types.js';
import { againstOrdinaryDoor, every } from '../test/studies/same-rows.js';
import { Ledger } from './ledger.js';

interface Case {
  readonly file: string;
  readonly what: string;
  readonly codes: readonly string[];
  /** What the rows must show, lest the comparison be of nothing. */
  readonly shows?: readonly [claim: string, holds: (rows: readonly ProfileRow[]) => boolean];
}

const all = allCodes();
const single = all.filter((code) => !code.includes('+'));
const combined = all.filter((code) => code.includes('+'));

const cases: readonly Case[] = [
  {
    file: 'first-look.yaml',
    what: 'pipes',
    codes: [...single, ...every(combined, 24)],
    shows: [
      'more than twenty margins',
      (rows) => new Set(rows.map(({ latency }) => latency.worstMean?.margin)).size > 20,
    ],
  },
  {
    file: 'real-media.yaml',
    what: 'media with contention, polls and grants',
    codes: [...single, ...every(combined, 48, 7)],
    shows: [
      'cost and availability of all',
      (rows) => rows.every(({ cost, availability }) => cost !== null && availability !== null),
    ],
  },
  { file: 'city-highload.yaml', what: 'priorities, areas of three sizes', codes: every(combined, 96, 5) },
  { file: 'city-baseload.yaml', what: 'a city', codes: every(combined, 96, 11) },
  {
    file: 'storm.yaml',
    what: 'a power outage, bursts of last gasps',
    codes: ['ACdW', 'ARHEM3CvIIW', 'DCSARsF', 'AHEU3CdIW+DDAAD'],
    shows: ['flows beyond the closed form', (rows) => rows.some(({ latency }) => latency.valid < latency.judged)],
  },
];

const ledger = new Ledger();
for (const { file, what, codes, shows } of cases) {
  const text = readFileSync(join(packageRoot, 'scenarios', file), 'utf8');
  const { rows, differences } = againstOrdinaryDoor(text, file, codes);
  ledger.claim(`${file}, ${what}: ${codes.length} profiles together as each by itself`, differences);
  if (shows !== undefined) ledger.claim(`${file}: ${shows[0]}`, shows[1](rows) ? [] : ['not so']);
}
ledger.close();
