import { nearestName } from '../base/nearest.js';
import type { KeyPath } from '../base/yaml.js';
import { PAYLOAD_TYPES } from '../payloads/schema.js';
import type { PayloadType } from '../payloads/types.js';
import { readActor } from './actors.js';
import type { ScenarioReader } from './reader.js';
import type { Forwarding, Scenario } from './types.js';

/** Types that may stop on their way; somebody waits for the others. */
const CAN_WAIT = PAYLOAD_TYPES.filter((type) => type !== 'alarm' && type !== 'cmd');

/**
 * How actors forward what passes them: `at once`, `{batch: 64 kB, age: 15 min}`, or `{hold: until asked by <payload>}`,
 * data only unless `types` says otherwise.
 * @param payloads payload names and flow ids
 */
export function readForwarding(
  reader: ScenarioReader,
  actors: readonly string[],
  payloads: readonly string[],
): Scenario['forwarding'] {
  const entries = reader.keys(['forwarding']).flatMap((key) => {
    const path = ['forwarding', key];
    const actor = readActor(reader, path, actors);
    const forwarding = reader.value(path) === 'at once' ? undefined : readHow(reader, path, payloads);
    return actor === undefined || forwarding === undefined ? [] : [[actor, forwarding] as const];
  });
  return Object.fromEntries(entries);
}

function readHow(reader: ScenarioReader, path: KeyPath, payloads: readonly string[]): Forwarding | undefined {
  const keys = reader.keys(path);
  if (keys.length === 0) return undefined; // the schema has said so
  const allowed = 'at once, {batch: 64 kB, age: 15 min}, or {hold: until asked by on-demand_Mtr-read_cmd}';
  if (!keys.some((key) => ['batch', 'age', 'hold'].includes(key))) {
    reader.report(path, { code: 'MISSING_KEY', message: 'neither batch, age nor hold is given', allowed });
    return undefined;
  }
  const unlimited = Number.POSITIVE_INFINITY;
  return {
    types: readTypes(reader, [...path, 'types']),
    sizeB: reader.quantity([...path, 'batch'], 'size', { positive: true }) ?? unlimited,
    ageS: reader.quantity([...path, 'age'], 'time', { positive: true }) ?? unlimited,
    until: readUntil(reader, [...path, 'hold'], payloads),
  };
}

function readUntil(reader: ScenarioReader, path: KeyPath, payloads: readonly string[]): string | undefined {
  const text = reader.text(path);
  if (text === undefined) return undefined;
  const allowed = 'until asked by a payload name or flow id of the catalogue';
  const name = /^until asked by (.+)$/.exec(text.trim())?.[1];
  if (name === undefined) {
    reader.report(path, { code: 'SYNTAX', message: 'this does not say who asks', found: text, allowed });
    return undefined;
  }
  if (payloads.includes(name)) return name;
  const near = nearestName(name, payloads);
  reader.report(path, {
    code: 'UNKNOWN_NAME',
    message: `${name} is not a payload or flow`,
    found: text,
    allowed,
    ...(near === undefined ? {} : { nearest: `until asked by ${near}` }),
  });
  return undefined;
}

function readTypes(reader: ScenarioReader, path: KeyPath): PayloadType[] {
  if (!reader.has(path)) return [reader.defaultText('forwarding.*.types') as PayloadType];
  return reader.items(path).flatMap((item, i) => {
    const type = CAN_WAIT.find((candidate) => candidate === item);
    if (type !== undefined) return [type];
    const allowed = CAN_WAIT.join(', ');
    if (item === 'alarm' || item === 'cmd') {
      const message = `${item} never waits: somebody waits for it`;
      reader.report([...path, i], { code: 'CONFLICT', message, found: item, allowed });
    } else if (typeof item === 'string') {
      reader.knows([...path, i], item, CAN_WAIT, 'a payload type that can wait', { allowed });
    }
    return [];
  });
}
