/** Key paths as a person types them: `NAN.rate`, `events[0].at`, `payloads.4.10.4.4/Mtr-read/gas.perDay`. */
import { InputError } from '../base/diagnostics.js';
import { nearestTo } from '../base/nearest.js';
import type { KeyPath } from '../base/yaml.js';
import type { ScenarioContext } from './load.js';
import { scenarioSchema } from './schema.js';

/** What a key may start with. */
type Names = Pick<ScenarioContext, 'networkNames' | 'dataFlowRefs' | 'payloadNames' | 'flowIds'>;

interface WithProperties {
  readonly properties: Readonly<Record<string, unknown>>;
}

const TOP = Object.keys((scenarioSchema as unknown as WithProperties).properties);
const OF_DEPLOYMENT = Object.keys(
  ((scenarioSchema as unknown as WithProperties).properties['deployment'] as WithProperties).properties,
);
/** Names of the trade for keys of the scenario. */
const ALIASES: Readonly<Record<string, KeyPath>> = { endpointsPerDap: ['deployment', 'metersPerDap'] };

/**
 * The key path of a scenario that a text means. Short forms: a network, data flow or `all` stands for `links.` and its
 * name, a key of the deployment for `deployment.` and it, a payload or flow for `payloads.` and it; `endpointsPerDap` is
 * `deployment.metersPerDap`. Names with dots may stand in quotes; those of payloads and flows need none.
 * @param origin what messages name, e.g. the option
 * @throws InputError UNKNOWN_KEY with the nearest, SYNTAX
 */
export function readKeyPath(text: string, names: Names, origin: string): KeyPath {
  const alias = ALIASES[text];
  if (alias !== undefined) return alias;
  const payloads = [...names.payloadNames, ...names.flowIds];
  const own = text.startsWith('payloads.') ? text.slice('payloads.'.length) : text;
  const payload = longestHead(own, payloads);
  if (payload !== undefined) return ['payloads', payload, ...split(own.slice(payload.length + 1), origin)];
  const path = split(text, origin);
  const first = String(path[0]);
  if (TOP.includes(first)) return path;
  if (first === 'all' || names.networkNames.includes(first) || names.dataFlowRefs.includes(first)) {
    return ['links', ...path];
  }
  if (OF_DEPLOYMENT.includes(first)) return ['deployment', ...path];
  const candidates = [...TOP, ...OF_DEPLOYMENT, ...Object.keys(ALIASES), ...names.networkNames, ...payloads];
  throw new InputError([
    {
      code: 'UNKNOWN_KEY',
      file: origin,
      path: text,
      message: `${first} is not a key of a scenario`,
      found: first,
      allowed: `a key path such as NAN.rate, deployment.meters, load or events[0].at; it begins with ${TOP.join(', ')}, a key of the deployment, a network, a data flow or a payload`,
      ...nearestTo(first, candidates),
    },
  ]);
}

/** The longest name that the text is, or begins with before a dot. */
function longestHead(text: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const name of names) {
    if (text !== name && !text.startsWith(`${name}.`)) continue;
    if (best === undefined || name.length > best.length) best = name;
  }
  return best;
}

/** `a."b.c"[0]` -> a, b.c, 0 */
function split(text: string, origin: string): (string | number)[] {
  if (text === '') return [];
  const parts: (string | number)[] = [];
  const token = /(?:^|\.)(?:"([^"]+)"|'([^']+)'|([^."'[\]]+))|\[(\d{1,4})\]/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) {
      throw new InputError([
        {
          code: 'SYNTAX',
          file: origin,
          path: text,
          message: 'this is no key path',
          found: text.slice(at),
          allowed: 'keys with dots between them, list positions in brackets: links.NAN.rate, events[0].at',
        },
      ]);
    }
    parts.push(found[4] === undefined ? (found[1] ?? found[2] ?? found[3])!.trim() : Number(found[4]));
  }
  return parts;
}
