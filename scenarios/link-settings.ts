import type { KeyPath } from '../base/yaml.js';
import { DEFAULTS } from './defaults.js';
import type { ScenarioReader } from './reader.js';
import type { LinkSettings } from './types.js';

const ROOT = 'links';
const ALL = 'all';

/** Where the settings of a link are looked for, in order: its own entry, that of its network, `all`, the defaults. */
interface Lookup {
  readonly network: string;
  readonly entries: readonly string[];
}

export interface LinkNames {
  readonly networkNames: readonly string[];
  readonly dataFlowRefs: readonly string[];
  /** Network of each data flow, so that a data flow's entry completes from its network's; without it, from `all`. */
  readonly dataFlowNetworks?: Readonly<Record<string, string>>;
}

/** The settings of every network, and of the data flows that have an entry of their own. */
export function readLinks(
  reader: ScenarioReader,
  names: LinkNames,
): {
  readonly links: Readonly<Record<string, LinkSettings>>;
  readonly dataFlows: Readonly<Record<string, LinkSettings>>;
} {
  const known = [ALL, ...names.networkNames, ...names.dataFlowRefs];
  const allowed = `all, ${names.networkNames.join(', ')}, or a data flow such as ${names.dataFlowRefs[0]}`;
  const given = reader
    .keys([ROOT])
    .filter((name) => reader.knows([ROOT, name], name, known, 'a network or data flow', { allowed, atKey: true }));
  const links = names.networkNames.map((network) => [network, settings(reader, { network, entries: [network, ALL] })]);
  const dataFlows = given
    .filter((name) => !names.networkNames.includes(name) && name !== ALL)
    .map((ref) => {
      const network = names.dataFlowNetworks?.[ref] ?? '*';
      return [ref, settings(reader, { network, entries: [ref, network, ALL] })];
    });
  return { links: Object.fromEntries(links), dataFlows: Object.fromEntries(dataFlows) };
}

function settings(reader: ScenarioReader, lookup: Lookup): LinkSettings {
  const of = <T>(field: string, read: (path: KeyPath) => T | undefined, fallback: (value: string | number) => T): T => {
    for (const entry of lookup.entries) {
      if (reader.has([ROOT, entry, field])) return read([ROOT, entry, field]) ?? fallback(0);
    }
    const own = `${ROOT}.${lookup.network}.${field}`;
    return fallback(reader.defaultOf(DEFAULTS.has(own) ? own : `${ROOT}.*.${field}`));
  };
  return {
    rateBps: of(
      'rate',
      (path) => rates(reader, path),
      (value) => ({ up: Number(value), down: Number(value) }),
    ),
    delayS: of('delay', (path) => reader.quantity(path, 'time', { most: 3600 }), Number),
    overheadB: of('overhead', (path) => reader.quantity(path, 'size', { most: 1e6 }), Number),
    bufferB: of('buffer', (path) => reader.quantity(path, 'size', { unlimited: true }), sizeOrUnlimited),
    quantumB: of(
      'quantum',
      (path) => reader.quantity(path, 'size', { unlimited: true, positive: true }),
      sizeOrUnlimited,
    ),
    duplex: of(
      'duplex',
      (path) => reader.oneOf(path, ['full', 'half']),
      (value) => (value === 'half' ? 'half' : 'full'),
    ),
    discipline: of(
      'discipline',
      (path) => reader.oneOf(path, ['fifo', 'priority']),
      (value) => (value === 'priority' ? 'priority' : 'fifo'),
    ),
  };
}

function sizeOrUnlimited(value: string | number): number {
  return value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value);
}

/** One rate for both directions, or one each; a direction that is left out has the rate of the other. */
function rates(reader: ScenarioReader, path: KeyPath): LinkSettings['rateBps'] | undefined {
  const bounds = { positive: true, unlimited: true };
  const both = reader.quantity(path, 'rate', bounds);
  if (both !== undefined) return { up: both, down: both };
  const up = reader.quantity([...path, 'up'], 'rate', bounds);
  const down = reader.quantity([...path, 'down'], 'rate', bounds);
  if (up === undefined && down === undefined) {
    const value = reader.value(path);
    if (value !== null && typeof value === 'object' && Object.keys(value).length === 0 && !Array.isArray(value)) {
      const allowed = 'a rate: 100 kbit/s, or {up: 100 kbit/s, down: 1 Mbit/s}';
      reader.report(path, { code: 'MISSING_KEY', message: 'neither up nor down is given', allowed });
    }
    return undefined;
  }
  return { up: up ?? down!, down: down ?? up! };
}
