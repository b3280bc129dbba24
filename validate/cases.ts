/** All cases, in the order of the table. */
import type { Case } from './case.js';
import { airtimeCases } from './rows/airtimes.js';
import { availabilityCases } from './rows/availability.js';
import { contentionCases } from './rows/contention.js';
import { disciplineCases } from './rows/disciplines.js';
import { frameCases } from './rows/frames.js';
import { handPlanCases } from './rows/hand-plans.js';
import { lawCases } from './rows/laws.js';
import { meshCases } from './rows/mesh.js';
import { pollingCases } from './rows/polling.js';
import { queueCases } from './rows/queues.js';
import { resultCases } from './rows/results.js';
import { studyCases } from './rows/studies.js';
import { tandemCases } from './rows/tandem.js';

export const cases: readonly Case[] = [
  ...queueCases,
  ...disciplineCases,
  ...tandemCases,
  ...frameCases,
  ...contentionCases,
  ...pollingCases,
  ...meshCases,
  ...availabilityCases,
  ...airtimeCases,
  ...handPlanCases,
  ...lawCases,
  ...resultCases,
  ...studyCases,
];

/** @throws Error for a name that no case has, or two have. */
export function caseNamed(name: string): Case {
  const found = cases.filter((one) => one.name === name);
  if (found.length !== 1) throw new Error(`${found.length} cases are called ${name}`);
  return found[0]!;
}
