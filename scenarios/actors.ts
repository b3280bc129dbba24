import { nearestTo } from '../base/nearest.js';
import type { KeyPath } from '../base/yaml.js';
import type { ScenarioReader } from './reader.js';

/** What everybody calls the actors that a scenario names most. */
const SHORT: Readonly<Record<string, string>> = {
  DAP: 'DAPjm',
  'Head-End': 'AMI Head-End(j)',
  FEP: 'Distr. SCADA FEP',
};

/** The actor that a key means, by its name or a short one; undefined when there is none, which is reported. */
export function readActor(reader: ScenarioReader, path: KeyPath, actors: readonly string[]): string | undefined {
  const found = String(path[path.length - 1]);
  const name = Object.hasOwn(SHORT, found) ? SHORT[found]! : found;
  if (actors.includes(name)) return name;
  const shorts = Object.keys(SHORT).filter((short) => actors.includes(SHORT[short]!));
  reader.report(path, {
    code: 'UNKNOWN_NAME',
    message: `${found} is not an actor`,
    found,
    allowed: `${shorts.join(', ')}, or an actor of topologies/actors.yaml`,
    ...nearestTo(found, [...shorts, ...actors]),
    atKey: true,
  });
  return undefined;
}
