/** Values that stand in the place of what a scenario's text says: options of the command line, steps of a study. */
import { formatPath, type KeyPath, type PositionedYaml } from '../base/yaml.js';

export interface Setting {
  /** Where in the scenario, e.g. links, NAN, rate. */
  readonly path: KeyPath;
  /** As YAML would give it: text, number, boolean, list or map. */
  readonly value: unknown;
  /** How messages name it, e.g. `--vary NAN.rate=50 kbit/s`. */
  readonly origin: string;
}

/** Keys of which only one may be given: each says the same in its own way, so that setting one drops the others. */
const DAP_SIZING = ['metersPerDap', 'daps', 'dapSizes'];
/** What a technology gives of a link, see link-settings.ts. */
const OF_PIPES = ['rate', 'delay', 'overhead', 'duplex'];
/** What holds for the backhaul of one profile only. */
const OF_PROFILE = ['backhaul', 'fallback'];

/**
 * Puts settings into a scenario, in their order; what a setting makes meaningless is dropped: other ways to say how large
 * DAPs are, rate and delay of a link that gets a technology, the backhaul of another profile.
 * @returns key paths that were dropped, with the setting that did it
 */
export function applySettings(yaml: PositionedYaml, settings: readonly Setting[]): string[] {
  const own = new Set(settings.map(({ path }) => formatPath(path)));
  const dropped: string[] = [];
  for (const setting of settings) {
    for (const path of replacedBy(setting)) {
      if (own.has(formatPath(path)) || !yaml.drop(path)) continue;
      dropped.push(`${formatPath(path)} (${formatPath(setting.path)} is set)`);
    }
    if (yaml.set(setting.path, copyOf(setting.value), setting.origin)) continue;
    yaml.diagnostics.push({
      code: 'WRONG_TYPE',
      file: setting.origin,
      path: formatPath(setting.path),
      message: 'the key leads through a value of the scenario that is no map',
      found: firstPlain(yaml.value, setting.path),
      allowed: 'the whole value, as the scenario has it, or a key of a map',
    });
  }
  return dropped;
}

function replacedBy({ path }: Setting): KeyPath[] {
  const [root, second, third] = path;
  if (root === 'deployment' && path.length === 2 && DAP_SIZING.includes(String(second))) {
    return DAP_SIZING.filter((key) => key !== second).map((key) => [root, key]);
  }
  if (root === 'links' && path.length === 3 && third === 'technology') {
    return OF_PIPES.map((field) => [root, second!, field]);
  }
  return root === 'profile' ? OF_PROFILE.map((key) => [key]) : [];
}

/** Lists and maps are not shared between scenarios. */
function copyOf(value: unknown): unknown {
  return structuredClone(value);
}

function firstPlain(root: unknown, path: KeyPath): string {
  let at = root;
  for (const [i, part] of path.entries()) {
    if (at === null || typeof at !== 'object') return `${formatPath(path.slice(0, i))}: ${String(at)}`;
    at = (at as Record<string | number, unknown>)[part];
  }
  return formatPath(path);
}
