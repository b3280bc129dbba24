/** Laws that hold whatever the traffic: conservation and Little, on every flow and link of the ready-made scenarios. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/files.js';
import { compile } from '../../pipeline.js';
import { openForProof } from '../../prove/reduced.js';
import { holm } from '../../prove/significance.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { type Case, nameOf } from '../case.js';
import { watch } from '../instruments/little.js';

/** Error of all sampled links of a scenario together. */
const SAMPLED_ERROR = 1e-4;
const folder = join(packageRoot, 'scenarios');

/** What `watch` would take hours for, sampling every link; its media are those of real-media.yaml, its day the city's. */
const TOO_LARGE = 'metropolis.yaml';

const none = { equals: 0, within: 0 };

/** Flows of which messages vanish or appear. */
export function unbalanced({ flows }: ReplicationStats): number {
  return flows.sent.filter(
    (sent, f) => flows.inFlightStart[f]! + sent !== flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!,
  ).length;
}

export const lawCases: readonly Case[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml') && file !== TOO_LARGE)
  .sort()
  .map((file) => ({
    name: nameOf('laws', file),
    subject: file,
    source: 'conservation; Little 1961, L and W had independently (validate/instruments/little.ts)',
    replications: 1,
    isLong: true,
    simulate: (replication) => {
      const watched = watch(compile(openForProof(file)), replication);
      const sampledRed = holm(watched.sampledP).filter((p) => p < SAMPLED_ERROR).length;
      for (const line of watched.unequal.slice(0, 5)) console.error(`${file}: ${line}`);
      return [
        watched.stats.flows.sent.length,
        unbalanced(watched.stats),
        watched.miscounted,
        watched.exact,
        watched.unequal.length,
        watched.sampledP.length,
        sampledRed,
      ];
    },
    rows: [
      { quantity: 'flows', unit: '', claim: { shown: Number.NaN } },
      { quantity: 'flows that lose or gain messages', unit: '', claim: none },
      { quantity: 'messages under way that a walk finds and statistics do not', unit: '', claim: none },
      { quantity: 'links, L by counting', unit: '', claim: { shown: Number.NaN } },
      { quantity: 'of these with L ≠ λW', unit: '', claim: none },
      { quantity: 'links, L by sampling', unit: '', claim: { shown: Number.NaN } },
      { quantity: 'of these with L ≠ λW', unit: '', claim: none },
    ],
  }));
