/** What the source leaves open, where the user takes less than the library: less is easier to meet, and a signer must see it. */
import { openCatalogues } from '../../scenarios/catalogues.js';
import { resolveRange } from '../../scenarios/compile/ranges.js';
import { defaultMissing } from '../../scenarios/overrides.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';

/** Of the library's default; below it a value is not plausible, and no statement is made. */
export const LEAST_SHARE = 0.1;

export interface LoweredValue {
  /** `missing.bulkReadFileMB`, `eventRates.lost-power` */
  readonly key: string;
  readonly value: number;
  readonly byDefault: number;
  readonly unit: string;
}

/** Values of `missing` that the plan uses, and of `eventRates`, below the library's for this deployment. */
export function loweredValues({ assumptions }: Plan, scenario: Scenario): LoweredValue[] {
  const { catalogue } = openCatalogues(scenario.catalogues);
  const used = new Set(assumptions.map(({ key }) => key));
  const missing = catalogue.missing.flatMap((entry): LoweredValue[] => {
    const key = `missing.${entry.name}`;
    const value = scenario.missing[entry.name];
    if (value === undefined || !used.has(key)) return [];
    return [{ key, value, byDefault: defaultMissing(entry, scenario.deployment), unit: entry.unit }];
  });
  const events = catalogue.events.flatMap(({ name, perYear }): LoweredValue[] => {
    const value = scenario.eventRates[name];
    if (value === undefined) return [];
    const byDefault = resolveRange(perYear, scenario.range);
    return [{ key: `eventRates.${name}`, value, byDefault, unit: 'per year' }];
  });
  return [...missing, ...events].filter(({ value, byDefault }) => value < byDefault);
}

export function isImplausible({ value, byDefault }: LoweredValue): boolean {
  return value < LEAST_SHARE * byDefault;
}

/** `missing.bulkReadFileMB 2 MB (the library takes 9.8)` */
export function loweredText({ key, value, byDefault, unit }: LoweredValue): string {
  const short = (number: number) => String(Number(number.toPrecision(3)));
  return `${key} ${short(value)} ${unit} (the library takes ${short(byDefault)})`;
}
