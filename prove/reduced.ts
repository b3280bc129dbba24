/** Ready-made scenarios at a size that proofs can watch message by message. */
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { loadScenario } from '../pipeline.js';
import { readScenarioText } from '../scenarios/load.js';
import type { Setting } from '../scenarios/settings.js';
import type { Scenario } from '../scenarios/types.js';

type Changes = readonly (readonly [path: Setting['path'], value: unknown])[];

/** A twentieth of the city: DAPs as large, and fewer of them. */
const SMALL_CITY: Changes = [
  [
    ['deployment', 'meters'],
    {
      electric: { residential: 2250, commercial: 250 },
      gas: { residential: 1000, commercial: 125 },
      water: { residential: 1250, commercial: 125 },
    },
  ],
  [
    ['deployment', 'dapSizes'],
    ['1 x 2500', '2 x 1000', '1 x 500'],
  ],
];

/** What stands in the place of a key of the file; everything else is the file's. */
const REDUCED: Readonly<Record<string, Changes>> = {
  'city-programmes.yaml': SMALL_CITY,
  // A hundredth of the customers and of the areas: each area is as it was.
  'dg-500k.yaml': [
    [['deployment', 'meters'], 50_000],
    [['deployment', 'counts', 'dgCustomers'], 5000],
  ],
  // What is out of order repeats and waits, for which counts have no law.
  'smartconnect-ems.yaml': [
    ...SMALL_CITY,
    [['events', 2], { 'ems-rate-change': { at: '20:00' } }],
    [['links', 'HAN', 'keep'], 'unlimited'],
  ],
};

/** A ready-made scenario, smaller where its full scale would take minutes. @throws InputError */
export function openForProof(file: string): Scenario {
  const settings: Setting[] = (REDUCED[file] ?? []).map(([path, value]) => ({
    path,
    value,
    origin: `prove/reduced.ts (${file})`,
  }));
  return loadScenario({ ...readScenarioText(join(packageRoot, 'scenarios', file)), settings });
}
