import type { KeyPath } from '../base/yaml.js';
import { readActor } from './actors.js';
import type { LinkNames } from './link-settings.js';
import type { ScenarioReader } from './reader.js';
import type { Availability, Backhaul, Scenario, UpTime } from './types.js';

const ROOT = 'availability';
const OWN_KEYS = ['technologies', 'nodes'];
const BACKHAULS: readonly Backhaul[] = ['W', 'IW', 'IIW'];

/**
 * What may fail: `technologies` (every link as its technology), or networks, data flows and nodes, each with a share of
 * the time (99.9%) or with `mtbf` and `mttr`.
 */
export function readAvailability(reader: ScenarioReader, names: LinkNames, actors: readonly string[]): Availability {
  const { networkNames, dataFlowRefs } = names;
  const known = [...networkNames, ...dataFlowRefs];
  const allowed = `technologies, nodes, ${networkNames.join(', ')}, or a data flow such as ${dataFlowRefs[0]}`;
  const links = reader
    .keys([ROOT])
    .filter((key) => !OWN_KEYS.includes(key))
    .filter((key) => reader.knows([ROOT, key], key, known, 'a network or data flow', { allowed, atKey: true }));
  const upTimes = (keys: readonly string[]) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const upTime = readUpTime(reader, [ROOT, key]);
        return upTime === undefined ? [] : [[key, upTime] as const];
      }),
    );
  const nodes = reader.keys([ROOT, 'nodes']).flatMap((key) => {
    const actor = readActor(reader, [ROOT, 'nodes', key], actors);
    const upTime = readUpTime(reader, [ROOT, 'nodes', key]);
    return actor === undefined || upTime === undefined ? [] : [[actor, upTime] as const];
  });
  return {
    ofTechnologies: reader.value([ROOT]) === 'technologies' || reader.value([ROOT, 'technologies']) === true,
    networks: upTimes(links.filter((key) => networkNames.includes(key))),
    dataFlows: upTimes(links.filter((key) => !networkNames.includes(key))),
    nodes: Object.fromEntries(nodes),
  };
}

/** A share of the time; or MTBF / (MTBF + MTTR), what an alternating renewal process has in the long run. */
function readUpTime(reader: ScenarioReader, path: KeyPath): UpTime | undefined {
  if (reader.keys(path).length === 0) {
    const share = reader.quantity(path, 'share');
    return share === undefined ? undefined : { share, mtbfS: Number.NaN, mttrS: Number.NaN };
  }
  const mtbfS = reader.quantity([...path, 'mtbf'], 'time', { positive: true });
  const mttrS = reader.quantity([...path, 'mttr'], 'time');
  if (mtbfS === undefined || mttrS === undefined) return undefined;
  return { share: mtbfS / (mtbfS + mttrS), mtbfS, mttrS };
}

/** The backhaul to which DAPs change. @param shares of the DAPs on each: a fallback of one that nobody has is a slip */
export function readFallback(reader: ScenarioReader, shares: Scenario['backhaulShares']): Scenario['fallback'] {
  const entries = BACKHAULS.flatMap((from) => {
    const path = ['fallback', from];
    const to = reader.oneOf(path, BACKHAULS);
    if (to === undefined) return [];
    if ((shares[from] ?? 0) > 0) return [[from, to] as const];
    const used = BACKHAULS.filter((backhaul) => (shares[backhaul] ?? 0) > 0);
    reader.report(path, {
      code: 'CONFLICT',
      message: `no DAP is on ${from}`,
      found: `${from}: ${to}`,
      allowed: used.length === 0 ? 'no fallback: the profile has no DAPs' : `a fallback of ${used.join(' or ')}`,
      atKey: true,
    });
    return [];
  });
  return Object.fromEntries(entries);
}

/** The same scenario while the DAPs of these backhauls are on their fallback. */
export function onFallback(scenario: Scenario, down: readonly Backhaul[]): Scenario {
  const shares: Partial<Record<Backhaul, number>> = {};
  for (const backhaul of BACKHAULS) {
    const share = scenario.backhaulShares[backhaul] ?? 0;
    const now = down.includes(backhaul) ? (scenario.fallback[backhaul] ?? backhaul) : backhaul;
    if (share > 0) shares[now] = (shares[now] ?? 0) + share;
  }
  return { ...scenario, backhaulShares: shares };
}

/** Share of the time for which the technology of a data flow's link is up; undefined where the link has none. */
export function technologyAvailability({
  links,
  dataFlows,
}: Pick<Scenario, 'links' | 'dataFlows'>): (dataFlow: string, network: string) => number | undefined {
  return (dataFlow, network) => (dataFlows[dataFlow] ?? links[network])?.medium?.technology.availability;
}
