/** Ready-made scenarios at a size that proofs can watch message by message. */
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { loadScenario } from '../pipeline.js';
import { readScenarioText } from '../scenarios/load.js';
import type { Setting } from '../scenarios/settings.js';
import type { Scenario } from '../scenarios/types.js';

/** What stands in the place of a key of the file; everything else is the file's. */
const REDUCED: Readonly<Record<string, readonly (readonly [path: readonly (string | number)[], value: unknown])[]>> = {
  // A hundredth of the customers and of the areas: each area is as it was.
  'dg-500k.yaml': [
    [['deployment', 'meters'], 50_000],
    [['deployment', 'counts', 'dgCustomers'], 5000],
  ],
  // A twentieth of the city. What is out of order repeats and waits, for which counts have no law.
  'smartconnect-ems.yaml': [
    [['deployment', 'meters'], 5000],
    [
      ['deployment', 'dapSizes'],
      ['1 x 2500', '2 x 1000', '1 x 500'],
    ],
    [['events', 2], { 'ems-rate-change': { at: '20:00' } }],
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
