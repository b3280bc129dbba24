import { InputError } from '../base/diagnostics.js';
import type { KeyPath, Problem } from '../base/yaml.js';
import { layerLibrary } from '../topologies/overhead/layers.js';
import { frameRateBps } from '../topologies/overhead/medium.js';
import { overheadOf } from '../topologies/overhead/overhead.js';
import { readStack, type Stack } from '../topologies/overhead/stack.js';
import type { Technology } from '../topologies/technology-types.js';
import { DEFAULTS } from './defaults.js';
import { ringShares } from './mesh-rings.js';
import type { ScenarioReader } from './reader.js';
import { ScenarioTechnologies } from './technologies.js';
import type { LinkSettings, MediumSettings } from './types.js';

const ROOT = 'links';
const ALL = 'all';
/** What a technology gives, and so cannot stand beside one; with the section of a technology that says it. */
const OF_PIPES: Readonly<Record<string, string>> = {
  rate: 'rates: { up: { phy: 100 kbit/s } }',
  delay: 'delay: { oneWay: 20 ms }',
  overhead: 'framing: { header: 20 B }',
  duplex: 'duplex: half',
};

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
  const technologies = new ScenarioTechnologies(reader);
  const reported = new Set<string>();
  const settings = (lookup: Lookup) => new LinkReader(reader, lookup, technologies, reported).settings();
  const links = names.networkNames.map((network) => [network, settings({ network, entries: [network, ALL] })]);
  const dataFlows = given
    .filter((name) => !names.networkNames.includes(name) && name !== ALL)
    .map((ref) => {
      const network = names.dataFlowNetworks?.[ref] ?? '*';
      return [ref, settings({ network, entries: [ref, network, ALL] })];
    });
  return { links: Object.fromEntries(links), dataFlows: Object.fromEntries(dataFlows) };
}

/** Reads the settings of one link. */
class LinkReader {
  readonly #reader: ScenarioReader;
  readonly #lookup: Lookup;
  readonly #technologies: ScenarioTechnologies;
  /** Places of problems of entries that several links share. */
  readonly #reported: Set<string>;

  constructor(reader: ScenarioReader, lookup: Lookup, technologies: ScenarioTechnologies, reported: Set<string>) {
    this.#reader = reader;
    this.#lookup = lookup;
    this.#technologies = technologies;
    this.#reported = reported;
  }

  settings(): LinkSettings {
    const technology = this.#technology();
    const discipline = this.#of<LinkSettings['discipline']>(
      'discipline',
      (path) => this.#reader.oneOf(path, ['fifo', 'priority', 'fair']),
      (value) => (value === 'priority' || value === 'fair' ? value : 'fifo'),
    );
    if (discipline !== 'fair') this.#unfit('weights', `${discipline} has no weights`, 'discipline: fair beside them');
    const buffer = this.#of(
      'buffer',
      (path) => this.#buffer(path),
      (value) => ({ bufferB: sizeOrUnlimited(value), bufferMessages: Number.POSITIVE_INFINITY }),
    );
    return {
      ...(technology === undefined ? this.#pipe() : this.#medium(technology)),
      ...buffer,
      keepS: this.#keepS(technology),
      quantumB: this.#of(
        'quantum',
        (path) => this.#reader.quantity(path, 'size', { unlimited: true, positive: true }),
        sizeOrUnlimited,
      ),
      discipline,
      weights: discipline === 'fair' ? this.#weights() : [],
    };
  }

  /** Without an entry nothing is ever discarded for its age. */
  #keepS(technology: Technology | undefined): number {
    const unlimited = Number.POSITIVE_INFINITY;
    const kind = technology?.access.kind;
    if (kind !== undefined && kind !== 'dedicated' && kind !== 'half-duplex') {
      this.#unfit(
        'keep',
        'stations that share a medium keep what waits',
        'a pipe, or a technology with a channel of its own',
      );
      return unlimited;
    }
    const depth = this.#depth('keep');
    if (depth < 0) return unlimited;
    return this.#reader.quantity(this.#path('keep', depth), 'time', { unlimited: true, positive: true }) ?? unlimited;
  }

  /** Undefined: a pipe, since no entry has a technology, or a more special one has a rate. */
  #technology(): Technology | undefined {
    const at = this.#depth('technology');
    const rateAt = this.#depth('rate');
    if (at < 0 || (rateAt >= 0 && rateAt < at)) return undefined;
    const path = this.#path('technology', at);
    for (const [field, instead] of Object.entries(OF_PIPES)) {
      const fieldAt = this.#depth(field);
      if (fieldAt < 0 || fieldAt > at) continue;
      this.#once(this.#path(field, fieldAt), {
        code: 'CONFLICT',
        message: `the technology of this link gives its ${field}`,
        found: textOf(this.#reader.value(this.#path(field, fieldAt))),
        allowed: `no ${field} here; to change it: technology: { like: NAME, ${instead} }`,
      });
    }
    return this.#technologies.at(path, String(path[1]));
  }

  #pipe(): Pick<LinkSettings, 'rateBps' | 'delayS' | 'overheadB' | 'duplex' | 'forwards' | 'medium'> {
    const of = <T>(field: string, read: (path: KeyPath) => T | undefined, fallback: (value: string | number) => T) =>
      this.#of(field, read, fallback);
    if (this.#depth('technology') < 0) {
      for (const field of ['stack', 'distance', 'hidden', 'meshRings', 'sectors', 'sessions', 'forwards']) {
        this.#unfit(field, 'the link has no technology', 'technology: NAME beside it; fanplan technologies lists them');
      }
    }
    return {
      rateBps: of(
        'rate',
        (path) => rates(this.#reader, path),
        (value) => ({ up: Number(value), down: Number(value) }),
      ),
      delayS: of('delay', (path) => this.#reader.quantity(path, 'time', { most: 3600 }), Number),
      overheadB: of('overhead', (path) => this.#reader.quantity(path, 'size', { most: 1e6 }), Number),
      duplex: of(
        'duplex',
        (path) => this.#reader.oneOf(path, ['full', 'half']),
        (value) => (value === 'half' ? 'half' : 'full'),
      ),
      forwards: 'messages',
      medium: undefined,
    };
  }

  #medium(
    technology: Technology,
  ): Pick<LinkSettings, 'rateBps' | 'delayS' | 'overheadB' | 'duplex' | 'forwards' | 'medium'> {
    const { rates: of, delay, duplex, access } = technology;
    const perMetreS = delay.propagationSPerM ?? 0;
    const distanceM =
      perMetreS === 0 && this.#depth('distance') < 0
        ? 0
        : this.#of('distance', (path) => this.#reader.quantity(path, 'length', { most: 1e8 }), Number);
    const stack = this.#stack(technology);
    const isMesh = access.kind === 'mesh';
    if (!isMesh) {
      const allowed = 'a technology with access mesh';
      this.#unfit('meshRings', `${technology.name} is no mesh`, allowed);
      this.#unfit('sectors', `${technology.name} is no mesh`, allowed);
    }
    const hop = isMesh ? access.hop : access;
    const senses = hop.kind === 'csma-802.15.4' || hop.kind === 'dcf-802.11';
    if (!senses) this.#unfit('hidden', `endpoints of ${technology.name} do not listen`, 'a technology that senses');
    const hasSessions = stack.layers.some((layer) => layer.setup !== undefined || layer.keepAlive !== undefined);
    const medium: MediumSettings = {
      technology,
      stack,
      hiddenShare: senses ? this.#hidden(hop.hidden) : 0,
      ringShares: isMesh ? this.#rings(access) : [],
      sectors: isMesh ? this.#sectors(access.reuse) : 1,
      sessions: hasSessions
        ? this.#of(
            'sessions',
            (path) => this.#reader.oneOf(path, ['ignore', 'persistent']),
            (value) => (value === 'persistent' ? 'persistent' : 'ignore'),
          )
        : 'ignore',
    };
    return {
      rateBps: { up: frameRateBps(of.up), down: frameRateBps(of.down) },
      // Sums such as 0.03 + 0.005 carry noise in the 16th digit.
      delayS: Number((delay.oneWayS + perMetreS * distanceM + delay.processingS).toPrecision(15)),
      overheadB: 0,
      duplex,
      forwards: this.#of(
        'forwards',
        (path) => this.#reader.oneOf(path, ['messages', 'frames']),
        (value) => (value === 'frames' ? 'frames' : 'messages'),
      ),
      medium,
    };
  }

  /** The stack, if it fits into packets and frames of the technology; else an empty one, and that is reported. */
  #stack(technology: Technology): Stack {
    const depth = this.#depth('stack');
    const path = this.#path('stack', Math.max(0, depth));
    const text = this.#of('stack', (at) => this.#reader.text(at), String);
    const read = readStack(text, layerLibrary());
    if ('problem' in read) {
      const { message, found = '' } = read.problem;
      this.#once(path, { ...read.problem, message: found === text ? message : `${message}: ${found}`, found: text });
      return { text: 'none', layers: [] };
    }
    try {
      overheadOf(read.stack, 1, technology);
      return read.stack;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { file, path: _, ...problem } = error.diagnostics[0]!;
      this.#once(path, problem);
      return { text: 'none', layers: [] };
    }
  }

  #rings({ leastHops, typicalHops, mostHops }: Extract<Technology['access'], { kind: 'mesh' }>): readonly number[] {
    const depth = this.#depth('meshRings');
    if (depth < 0) {
      const shares = ringShares(leastHops, typicalHops, mostHops);
      this.#reader.note({
        key: `${ROOT}.${this.#lookup.network}.meshRings`,
        value: shares.map((part) => `${(100 * part).toFixed(1)}%`).join(', '),
        unit: 'of the endpoints 1, 2, ... hops away',
        reason: `from ${leastHops} to ${mostHops} hops, ${typicalHops} on average, as the technology says: the truncated geometric distribution, which assumes nothing else`,
      });
      return shares;
    }
    const path = this.#path('meshRings', depth);
    const given = this.#reader.items(path).map((_, i) => this.#reader.quantity([...path, i], 'share'));
    const sum = given.reduce<number>((total, part) => total + (part ?? Number.NaN), 0);
    if (given.length > 0 && Math.abs(sum - 1) > 1e-9) {
      const found = `${Number((100 * sum).toPrecision(6))}%`;
      this.#once(path, { code: 'CONFLICT', message: 'the shares do not add up to 100%', found });
    }
    return given.map((part) => part ?? 0);
  }

  /** @param share that of the technology */
  #hidden(share: number | undefined): number {
    if (this.#depth('hidden') >= 0 || share === undefined) {
      return this.#of('hidden', (path) => this.#reader.quantity(path, 'share'), Number);
    }
    this.#reader.note({
      key: `${ROOT}.${this.#lookup.network}.hidden`,
      value: `${Number((100 * share).toPrecision(6))}%`,
      unit: 'of the pairs of endpoints do not hear each other',
      reason: 'as the technology says',
    });
    return share;
  }

  #sectors(reuse: number): number {
    const depth = this.#depth('sectors');
    if (depth >= 0) return this.#reader.number(this.#path('sectors', depth)) ?? 1;
    const sectors = Math.max(1, Math.round(reuse));
    this.#reader.note({
      key: `${ROOT}.${this.#lookup.network}.sectors`,
      value: String(sectors),
      unit: '',
      reason: 'as many as the technology says that frames may be on the air at one time',
    });
    return sectors;
  }

  #weights(): readonly number[] {
    return this.#of<readonly number[]>(
      'weights',
      (path) => this.#reader.items(path).map(Number),
      (value) => String(value).split(',').map(Number),
    );
  }

  /** A size, `20 messages`, or both. */
  #buffer(path: KeyPath): Pick<LinkSettings, 'bufferB' | 'bufferMessages'> | undefined {
    const unlimited = Number.POSITIVE_INFINITY;
    const sizeAt = (at: KeyPath) => this.#reader.quantity(at, 'size', { unlimited: true });
    if (this.#reader.keys(path).length > 0) {
      return {
        bufferB: this.#reader.has([...path, 'size']) ? (sizeAt([...path, 'size']) ?? unlimited) : unlimited,
        bufferMessages: this.#reader.number([...path, 'messages']) ?? unlimited,
      };
    }
    const count = /^(\d{1,9})\s+messages?$/.exec(this.#reader.text(path)?.trim() ?? '')?.[1];
    if (count !== undefined) return { bufferB: unlimited, bufferMessages: Number(count) };
    const bufferB = sizeAt(path);
    return bufferB === undefined ? undefined : { bufferB, bufferMessages: unlimited };
  }

  #of<T>(field: string, read: (path: KeyPath) => T | undefined, fallback: (value: string | number) => T): T {
    const depth = this.#depth(field);
    if (depth >= 0) return read(this.#path(field, depth)) ?? fallback(0);
    const own = `${ROOT}.${this.#lookup.network}.${field}`;
    return fallback(this.#reader.defaultOf(DEFAULTS.has(own) ? own : `${ROOT}.*.${field}`));
  }

  /** Which entry has the field, 0 the most special; -1: none. */
  #depth(field: string): number {
    return this.#lookup.entries.findIndex((entry) => this.#reader.has([ROOT, entry, field]));
  }

  #path(field: string, depth: number): KeyPath {
    return [ROOT, this.#lookup.entries[depth]!, field];
  }

  /** Reports a field of the link's own entry that has no meaning there; in less special ones it is for other links. */
  #unfit(field: string, message: string, allowed: string): void {
    if (this.#depth(field) !== 0) return;
    const path = this.#path(field, 0);
    this.#once(path, { code: 'CONFLICT', message, found: field, allowed, atKey: true });
  }

  #once(path: KeyPath, problem: Problem): void {
    const key = path.join('.');
    if (!this.#reported.has(key)) this.#reader.report(path, problem);
    this.#reported.add(key);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
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
