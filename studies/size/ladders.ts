/** What may vary, and the steps that it is tried in: from the smallest network to the largest. */
import { InputError } from '../../base/diagnostics.js';
import { formatPath } from '../../base/yaml.js';
import { readKeyPath } from '../../scenarios/key-path.js';
import type { ScenarioContext } from '../../scenarios/load.js';
import type { LinkSettings, Scenario } from '../../scenarios/types.js';
import { technologyLibrary } from '../../topologies/technologies.js';
import { preferredCounts, preferredValues, SERIES_SOURCE } from '../search/series.js';
import { metersOf } from '../trial/coverage.js';
import { readVariation, type VariantSetting } from '../variants/variants.js';
import { familyOf } from './families.js';

export interface Ladder {
  /** As the user gave it, or would: NAN.rate. */
  readonly key: string;
  /** Network or data flow whose links change; empty where gateways do. */
  readonly network: string;
  /** Value of each step, the smallest network first. */
  readonly steps: readonly VariantSetting[];
  /** Where the steps come from. */
  readonly source: string;
}

/** What a ladder of gateways may reach. */
export interface LadderBounds {
  /** Most endpoints of a DAP: what the technology takes, what density and reach allow; Infinity. */
  readonly mostEndpoints: number;
}

const LEAST_RATE_BPS = 100;
const MOST_RATE_BPS = 10e9;
/** Designs allow 1,000 to 50,000 meters per DAP (section 4.21). */
const MOST_PER_DAP = 50_000;
const OPTION = '--vary';

/**
 * Reads what varies: `NAN.rate` (series E24), `NAN.technology` (its family in the library), `NAN` (whichever it has),
 * `endpointsPerDap`, `daps`, `substations`; or any key with values of one's own, the smallest network first:
 * `WAN.rate=100,200,500 kbit/s`.
 * @throws InputError with what may vary
 */
export function readLadder(text: string, scenario: Scenario, context: ScenarioContext, bounds: LadderBounds): Ladder {
  if (text.includes('=')) return ownLadder(text, scenario, context);
  const origin = `${OPTION} ${text}`;
  const path = readKeyPath(text, context, origin);
  const [root, second, field] = path;
  if (root === 'links' && path.length <= 3) return linkLadder(text, String(second), field, scenario, origin);
  if (root === 'deployment' && path.length === 2) {
    const counts = countsOf(String(second), scenario, bounds);
    if (counts !== undefined) {
      return {
        key: text,
        network: '',
        source: SERIES_SOURCE,
        steps: counts.map((n) => settingOf(text, path, n, String(n), origin)),
      };
    }
  }
  throw new InputError([
    {
      code: 'UNKNOWN_NAME',
      file: origin,
      path: formatPath(path),
      message: 'this key has no steps of its own',
      found: text,
      allowed:
        'a rate (NAN.rate), a technology (NAN.technology), endpointsPerDap, daps, substations; or values of your own, the smallest network first: KEY=1,2,5',
    },
  ]);
}

/** Every link class that the plan has with a rate or a technology. @param networks that carry something */
export function allLinkLadders(scenario: Scenario, context: ScenarioContext, networks: ReadonlySet<string>): Ladder[] {
  const of = (name: string, settings: LinkSettings): Ladder[] => {
    if (settings.medium !== undefined) {
      const ladder = linkLadder(`${name}.technology`, name, 'technology', scenario, OPTION);
      return ladder.steps.length > 1 ? [ladder] : [];
    }
    const { up, down } = settings.rateBps;
    return up === Infinity && down === Infinity ? [] : [linkLadder(`${name}.rate`, name, 'rate', scenario, OPTION)];
  };
  const ofNetworks = Object.entries(scenario.links).filter(([name]) => networks.has(name));
  const ofDataFlows = Object.entries(scenario.dataFlows).filter(([ref]) =>
    networks.has(context.dataFlowNetworks?.[ref] ?? ''),
  );
  return [...ofNetworks, ...ofDataFlows].flatMap(([name, settings]) => of(name, settings));
}

function linkLadder(key: string, name: string, field: unknown, scenario: Scenario, origin: string): Ladder {
  const settings = scenario.links[name] ?? scenario.dataFlows[name];
  const hasTechnology = settings?.medium !== undefined;
  const wanted = field ?? (hasTechnology ? 'technology' : 'rate');
  if (wanted === 'technology') {
    if (settings?.medium === undefined) {
      throw conflict(origin, `${name} has no technology, so that it has no family`, key, `${name}.rate`);
    }
    const family = familyOf(settings.medium.technology, technologyLibrary());
    const steps = family.map(({ name: value }) => settingOf(key, ['links', name, 'technology'], value, value, origin));
    const source = 'technologies of the library with the same access for the same networks, listed by their rate';
    return { key, network: name, source, steps };
  }
  if (wanted !== 'rate')
    throw conflict(origin, 'a link varies in its rate or technology', key, `${name}.rate, ${name}.technology`);
  if (hasTechnology) {
    throw conflict(origin, `${name} has a technology, which gives its rate`, key, `${name}.technology`);
  }
  const steps = preferredValues(LEAST_RATE_BPS, MOST_RATE_BPS).map((bps) => {
    const value = rateText(bps);
    return settingOf(key, ['links', name, 'rate'], value, value, origin);
  });
  return { key, network: name, source: `${SERIES_SOURCE}; both directions alike`, steps };
}

/** Undefined: not a count that has steps. */
function countsOf(key: string, { deployment }: Scenario, { mostEndpoints }: LadderBounds): number[] | undefined {
  const meters = metersOf(deployment);
  switch (key) {
    case 'metersPerDap': {
      const most = Math.max(1, Math.floor(Math.min(meters, MOST_PER_DAP, mostEndpoints)));
      return [...new Set([...preferredCounts(1, most), most].map((n) => mostOfEven(meters, n)))].reverse();
    }
    case 'daps':
      return preferredCounts(
        Math.max(1, Math.ceil(meters / Math.min(MOST_PER_DAP, mostEndpoints))),
        Math.max(1, meters),
      );
    case 'substations':
      return preferredCounts(1, Math.max(1, deployment.feeders));
    default:
      return undefined;
  }
}

/**
 * Meters of the largest gateway where as few as at most `perGateway` allow share all evenly: of 400 at most 390 are two
 * gateways of 200. A step that says 390 would claim what no simulation has seen.
 */
export function mostOfEven(meters: number, perGateway: number): number {
  const gateways = Math.max(1, Math.ceil(meters / perGateway));
  return Math.max(1, Math.ceil(meters / gateways));
}

function ownLadder(text: string, scenario: Scenario, context: ScenarioContext): Ladder {
  const { key, values } = readVariation(text, context, OPTION);
  const [root, second] = values[0]!.path;
  const network = root === 'links' ? String(second) : '';
  if (
    root === 'links' &&
    values[0]!.path[2] === 'rate' &&
    (scenario.links[network] ?? scenario.dataFlows[network])?.medium
  ) {
    throw conflict(
      `${OPTION} ${text}`,
      `${network} has a technology, which gives its rate`,
      key,
      `${network}.technology`,
    );
  }
  return { key, network, steps: values, source: 'values given, the smallest network first' };
}

function settingOf(
  key: string,
  path: VariantSetting['path'],
  value: unknown,
  text: string,
  origin: string,
): VariantSetting {
  return { key, path, value, text, origin: `${origin}=${text}` };
}

/** 51 kbit/s */
function rateText(bps: number): string {
  for (const [unit, factor] of [
    ['Gbit/s', 1e9],
    ['Mbit/s', 1e6],
    ['kbit/s', 1e3],
  ] as const) {
    if (bps >= factor) return `${Number((bps / factor).toPrecision(6))} ${unit}`;
  }
  return `${bps} bit/s`;
}

function conflict(origin: string, message: string, found: string, allowed: string): InputError {
  return new InputError([{ code: 'CONFLICT', file: origin, path: '', message, found, allowed }]);
}
