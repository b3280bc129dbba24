import type { KeyPath } from '../base/yaml.js';
import type { EventKind, MissingValue } from '../payloads/types.js';
import { countOf } from './evaluate.js';
import { eventKind } from './events.js';
import { parseIntervals } from './local-time.js';
import { readPolling, readRetry } from './polling.js';
import type { ScenarioReader } from './reader.js';
import type { Deployment, PayloadOverride, Scenario } from './types.js';

/** What the scenario says about single entries of the catalogue, by name. */

const ALLOWED_PAYLOADS = 'a payload name or a flow id of the catalogue';

/** Overrides by payload name or flow id. */
export function readPayloads(reader: ScenarioReader, names: readonly string[]): Scenario['payloads'] {
  const known = reader
    .keys(['payloads'])
    .filter((name) =>
      reader.knows(['payloads', name], name, names, 'a payload or flow', { allowed: ALLOWED_PAYLOADS, atKey: true }),
    );
  return Object.fromEntries(known.map((name) => [name, readOverride(reader, ['payloads', name])]));
}

function readOverride(reader: ScenarioReader, path: KeyPath): PayloadOverride {
  const at = (key: string) => [...path, key];
  const when = reader.text(at('when'));
  const off = reader.value(at('off'));
  const fields = {
    perDay: reader.quantity(at('perDay'), 'perDay'),
    sizeB: reader.quantity(at('size'), 'size', { most: 1e12 }),
    latencyS: reader.quantity(at('latency'), 'time', { positive: true }),
    reliability: reader.quantity(at('reliability'), 'share'),
    range: reader.oneOf(at('range'), ['least', 'mid', 'most'] as const),
    arrivals: reader.oneOf(at('arrivals'), ['poisson', 'periodic'] as const),
    phase: reader.oneOf(at('phase'), ['random', 'synchronised'] as const),
    spreadS: reader.quantity(at('spread'), 'time'),
    afterS: reader.quantity(at('after'), 'time'),
    when: when === undefined ? undefined : reader.try(at('when'), () => parseIntervals(when)),
    retry: reader.has(at('retry')) ? readRetry(reader, at('retry')) : undefined,
    polling: readPolling(reader, at('polling')),
    priority: reader.number(at('priority')),
    off: typeof off === 'boolean' ? off : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function readOnly(reader: ScenarioReader, names: readonly string[]): readonly string[] | null {
  if (!reader.has(['only'])) return null;
  return reader.items(['only']).filter((item, i): item is string => {
    if (typeof item !== 'string') return false;
    return reader.knows(['only', i], item, names, 'a payload or flow', { allowed: ALLOWED_PAYLOADS });
  });
}

/** Every value that the source leaves open, in the catalogue's unit: the scenario's, else the catalogue's. */
export function readMissing(
  reader: ScenarioReader,
  values: readonly MissingValue[],
  deployment: Deployment,
): Scenario['missing'] {
  const byName = new Map(values.map((entry) => [entry.name, entry]));
  const given = reader.keys(['missing']);
  const result = new Map<string, number>();
  for (const entry of values) {
    if (given.includes(entry.name)) continue;
    const value = reader.try(['deployment'], () => defaultMissing(entry, deployment));
    result.set(entry.name, value ?? 0);
  }
  const what = { allowed: [...byName.keys()].join(', '), atKey: true };
  for (const name of given) {
    if (!reader.knows(['missing', name], name, [...byName.keys()], 'a value that the source leaves open', what))
      continue;
    const value = readMissingValue(reader, ['missing', name], byName.get(name)!.unit);
    if (value !== undefined) result.set(name, value);
  }
  return Object.fromEntries(result);
}

/** The catalogue's default for a value that the source leaves open, scaled to the deployment where it says so. */
export function defaultMissing({ value }: MissingValue, deployment: Deployment): number {
  return typeof value === 'number' ? value : countOf(value, deployment);
}

/** Sizes may have a unit of their own: `20 MB` where the catalogue counts in MB or in kB. */
function readMissingValue(reader: ScenarioReader, path: KeyPath, unit: string): number | undefined {
  const bytes = { B: 1, kB: 1e3, MB: 1e6 }[unit];
  const value = reader.value(path);
  if (bytes !== undefined && typeof value === 'string' && /[A-Za-z]/.test(value)) {
    const size = reader.quantity(path, 'size');
    return size === undefined ? undefined : size / bytes;
  }
  return reader.quantity(path, 'number');
}

/** Occurrences per year of the events that the scenario gives. */
export function readEventRates(reader: ScenarioReader, kinds: readonly EventKind[]): Scenario['eventRates'] {
  const rates = reader.keys(['eventRates']).flatMap((text) => {
    const kind = eventKind(reader, ['eventRates', text], text, kinds, true);
    const perYear = reader.quantity(['eventRates', text], 'perYear');
    return kind === undefined || perYear === undefined ? [] : [[kind.name, perYear] as const];
  });
  return Object.fromEntries(rates);
}

export function readChoices(
  reader: ScenarioReader,
  choices: Readonly<Record<string, readonly string[]>>,
): Scenario['choices'] {
  const names = Object.keys(choices);
  const chosen = reader.keys(['choices']).flatMap((name) => {
    const path = ['choices', name];
    if (!reader.knows(path, name, names, 'a choice of the catalogue', { allowed: names.join(', '), atKey: true }))
      return [];
    const is = reader.text(path);
    const alternatives = choices[name]!;
    const fits =
      is !== undefined && reader.knows(path, is, alternatives, 'an alternative', { allowed: alternatives.join(', ') });
    return fits ? [[name, is] as const] : [];
  });
  return Object.fromEntries(chosen);
}
