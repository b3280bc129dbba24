/** Quantities that the source leaves open: the scenario has a value for each, which is an assumption of the run. */
import type { Quantity, Size } from '../../payloads/types.js';
import { defaultMissing } from '../overrides.js';
import type { RangeChoice } from '../types.js';
import type { CompileContext } from './context.js';
import { resolveRange } from './ranges.js';

/** Bytes of the units in which sizes may be given. */
const SIZE_UNITS: Readonly<Record<string, number>> = { MB: 1e6, kB: 1e3 };

export function quantityOf(quantity: Quantity, range: RangeChoice, context: CompileContext): number {
  return 'missing' in quantity ? missingValue(quantity.missing, context) : resolveRange(quantity, range);
}

export function sizeOf({ sizeB }: Size, range: RangeChoice, context: CompileContext): number {
  const value = quantityOf(sizeB, range, context);
  return 'missing' in sizeB ? value * (SIZE_UNITS[entryOf(sizeB.missing, context)?.unit ?? ''] ?? 1) : value;
}

export function missingValue(name: string, context: CompileContext): number {
  const value = context.scenario.missing[name];
  if (value === undefined) throw new Error(`no value for the missing quantity ${name}`);
  if (context.assumptions.first(`missing ${name}`)) note(name, value, context);
  return value;
}

function note(name: string, value: number, context: CompileContext): void {
  const { scenario, assumptions } = context;
  const entry = entryOf(name, context);
  const isDefault = entry !== undefined && defaultMissing(entry, scenario.deployment) === value;
  assumptions.add({
    kind: 'missing',
    key: `missing.${name}`,
    value: String(value),
    unit: entry?.unit ?? '',
    reason: isDefault ? entry.reason : 'given by the scenario',
    source: isDefault ? 'assumption' : scenario.file,
  });
}

function entryOf(name: string, { catalogue }: CompileContext) {
  return catalogue.missing.find((entry) => entry.name === name);
}
