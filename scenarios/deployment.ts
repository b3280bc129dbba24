import { nearestTo } from '../base/nearest.js';
import type { KeyPath } from '../base/yaml.js';
import type { DeploymentCount } from '../payloads/types.js';
import { NO_PROFILE } from '../topologies/index.js';
import type { AmiDecisions } from '../topologies/types.js';
import { BadValue } from './bad-value.js';
import { drawDapSizes, readDapSizes, readSizeDistribution, type SizeDistribution } from './dap-sizes.js';
import { DEFAULTS } from './defaults.js';
import { evaluateCount, unknownKeyPath } from './evaluate.js';
import { parseExpression } from './expression.js';
import type { ScenarioReader } from './reader.js';
import type { Deployment, MeterCounts } from './types.js';

const ROOT = 'deployment';
const MOST = 1e8;
/** Areas and feeders become rows of tables, one by one. */
const MOST_AREAS = 1e6;

const METERS = ['electric', 'gas', 'water'] as const;
const FEEDER_DEVICES = [
  'capBanks',
  'circuitBreakers',
  'reclosers',
  'regulators',
  'sensors',
  'faultDetectors',
  'sectionalizers',
  'switches',
  'storage',
  'generation',
] as const;
const HAN_DEVICES = ['displays', 'ems', 'thermostats', 'vehicles', 'appliances', 'loadControl'] as const;
const PROGRAMMES = ['demandResponse', 'tou', 'rtp', 'cpp', 'prepay'] as const;
const ALL_METERS = METERS.map((kind) => `meters.${kind}.total`).join(' + ');

/** One number of the deployment. */
interface Figure {
  readonly key: string;
  /** `count`: whole; `mean`: any number, used on the way to counts; `share`: 0..1. */
  readonly kind: 'count' | 'mean' | 'share';
  readonly most?: number;
  /** Follows from other figures; an expression. Figures without it have an entry in `DEFAULTS`. */
  readonly derived?: string;
  /** Cannot be given. */
  readonly fixed?: boolean;
  /** Of a catalogue, which has its default. */
  readonly own?: DeploymentCount;
}

const FIGURES: readonly Figure[] = [
  ...METERS.flatMap((kind): Figure[] => [
    { key: `meters.${kind}.total`, kind: 'count' },
    { key: `meters.${kind}.commercial`, kind: 'count' },
    {
      key: `meters.${kind}.residential`,
      kind: 'count',
      derived: `max(0, meters.${kind}.total - meters.${kind}.commercial)`,
    },
  ]),
  { key: 'metersPerDap', kind: 'mean' },
  { key: 'daps', kind: 'count', most: MOST_AREAS, derived: `ceil((${ALL_METERS}) / metersPerDap)` },
  { key: 'feeders', kind: 'count', most: MOST_AREAS },
  { key: 'substations', kind: 'count', most: MOST_AREAS },
  ...FEEDER_DEVICES.flatMap((device): Figure[] => [
    { key: `perFeeder.${device}`, kind: 'mean' },
    { key: `feeder.${device}`, kind: 'count', derived: `round(feeders * perFeeder.${device})` },
  ]),
  { key: 'fanGateways.substation', kind: 'count' },
  { key: 'fanGateways.field', kind: 'count' },
  { key: 'han.premises', kind: 'count' },
  ...HAN_DEVICES.map((device): Figure => ({ key: `han.${device}`, kind: 'count' })),
  { key: 'han.devices', kind: 'count', derived: HAN_DEVICES.map((device) => `han.${device}`).join(' + '), fixed: true },
  ...PROGRAMMES.map((programme): Figure => ({ key: `programmes.${programme}`, kind: 'share' })),
  { key: 'rep.count', kind: 'count' },
  { key: 'rep.share', kind: 'share' },
  { key: 'portals.utility', kind: 'count' },
  { key: 'portals.rep', kind: 'count' },
  { key: 'portals.common', kind: 'count' },
  { key: 'fieldTools', kind: 'count' },
];

/** Key paths of the figures that every deployment has, those on the way to counts included. */
export const DEPLOYMENT_KEYS: readonly string[] = FIGURES.map((figure) => figure.key);

/** What the default counts ask of a profile. */
export interface ProfileFacts {
  readonly code: string;
  readonly ami: AmiDecisions | undefined;
}

/**
 * The deployment of a scenario with every count resolved. Counts may be expressions over other counts, given or default,
 * in any order. Problems are reported to the reader; figures that could not be had are then 0.
 * @param profile decides whether home area networks and retail energy providers are there by default; without one only
 *   what is given, and what the catalogues count, is there
 * @param counts what the catalogues in play count besides
 */
export function readDeployment(
  reader: ScenarioReader,
  profile: ProfileFacts | undefined,
  seed: string,
  counts: readonly DeploymentCount[] = [],
): Deployment {
  const needsDevices = profile?.code !== NO_PROFILE && reader.has([ROOT]);
  if (!reader.has([ROOT, 'meters']) && !reader.has([ROOT, 'feeders']) && needsDevices) {
    const message = 'the deployment has neither meters nor feeders';
    reader.report([ROOT, 'meters'], { code: 'MISSING_KEY', message, allowed: 'for example meters: 10000' });
  }
  const listed = readDapSizes(reader, MOST_AREAS);
  const distribution = readSizeDistribution(reader);
  checkCounts(reader, counts);
  const figures = new Figures(reader, profile, dapsBySize(listed ?? [], distribution), counts);
  const of = (key: string) => figures.value(key) ?? 0;
  const group = <K extends string>(prefix: string, names: readonly K[]) =>
    Object.fromEntries(names.map((name) => [name, of(`${prefix}.${name}`)])) as Record<K, number>;
  const metersOf = (kind: string): MeterCounts => group(`meters.${kind}`, ['total', 'residential', 'commercial']);
  const meters = { electric: metersOf('electric'), gas: metersOf('gas'), water: metersOf('water') };
  const daps = of('daps');
  /** Empty: no distribution; undefined: one that does not fit. */
  const drawn =
    distribution === undefined || figures.failed ? [] : drawSizes(reader, totalOf(meters), daps, distribution, seed);
  const dapSizes = distribution === undefined ? (listed ?? []) : (drawn ?? []);
  const deployment: Deployment = {
    meters,
    daps,
    dapSizes,
    substations: of('substations'),
    feeders: of('feeders'),
    feeder: group('feeder', FEEDER_DEVICES),
    fanGateways: group('fanGateways', ['substation', 'field']),
    han: group('han', ['premises', ...HAN_DEVICES, 'devices']),
    programmes: group('programmes', PROGRAMMES),
    rep: group('rep', ['count', 'share']),
    portals: group('portals', ['utility', 'rep', 'common']),
    fieldTools: of('fieldTools'),
    counts: Object.fromEntries(counts.map(({ name }) => [name, of(`counts.${name}`)])),
  };
  const isWhole = !figures.failed && listed !== undefined && drawn !== undefined;
  if (isWhole && profile?.code !== NO_PROFILE) checkDeployment(deployment, reader);
  return deployment;
}

/** Counts that no catalogue in play has. */
function checkCounts(reader: ScenarioReader, counts: readonly DeploymentCount[]): void {
  const known = counts.map(({ name }) => name);
  for (const name of reader.keys([ROOT, 'counts'])) {
    if (known.includes(name)) continue;
    reader.report([ROOT, 'counts', name], {
      code: 'UNKNOWN_NAME',
      message: 'no catalogue in play counts this',
      found: name,
      allowed: known.length === 0 ? 'nothing: the catalogues in play have no counts' : known.join(', '),
      ...nearestTo(name, known),
      atKey: true,
    });
  }
}

function totalOf(meters: Deployment['meters']): number {
  return METERS.reduce((sum, kind) => sum + meters[kind].total, 0);
}

/** How many DAPs there are when `dapSizes` decides it: an expression; undefined when it does not. */
function dapsBySize(listed: readonly number[], distribution: SizeDistribution | undefined): string | undefined {
  if (distribution !== undefined) return `max(1, round((${ALL_METERS}) / ${distribution.mean}))`;
  return listed.length > 0 ? String(listed.length) : undefined;
}

/** @returns undefined when the sizes cannot be had, which is reported */
function drawSizes(
  reader: ScenarioReader,
  meters: number,
  daps: number,
  distribution: SizeDistribution,
  seed: string,
): number[] | undefined {
  const sizes = drawDapSizes(meters, daps, distribution, `${seed}/dapSizes`);
  if (sizes === undefined) {
    reader.report([ROOT, 'dapSizes'], {
      code: 'CONFLICT',
      message: `${daps} DAPs of that mean do not hold all meters within the least and the most`,
      found: `${meters} meters`,
      allowed: `from ${daps * distribution.least} to ${daps * distribution.most} meters, or other bounds`,
    });
    return undefined;
  }
  reader.note({
    key: `${ROOT}.dapSizes`,
    value: `${sizes[0]} to ${sizes[sizes.length - 1]}`,
    unit: 'meters',
    reason: `${daps} sizes drawn from the seed, scaled and rounded (largest remainder) so that they add up to all meters`,
  });
  return sizes;
}

/** Resolves figures on demand, each once. */
class Figures {
  failed = false;
  readonly #reader: ScenarioReader;
  readonly #profile: ProfileFacts | undefined;
  /** Number of DAPs that their sizes decide: an expression. */
  readonly #dapsBySize: string | undefined;
  readonly #values = new Map<string, number | undefined>();
  /** Figures being resolved, outermost first: to find cycles. */
  readonly #open: string[] = [];
  readonly #byKey: ReadonlyMap<string, Figure>;

  constructor(
    reader: ScenarioReader,
    profile: ProfileFacts | undefined,
    dapsBySize: string | undefined,
    counts: readonly DeploymentCount[],
  ) {
    const own = counts.map((count): Figure => ({ key: `counts.${count.name}`, kind: count.kind, own: count }));
    this.#byKey = new Map([...FIGURES, ...own].map((figure) => [figure.key, figure]));
    this.#reader = reader;
    this.#dapsBySize = dapsBySize;
    this.#profile = profile;
  }

  /** undefined: it, or a figure that it needs, is wrong, and that was reported. */
  value(key: string): number | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    this.#open.push(key);
    const value = this.#resolve(this.#byKey.get(key)!);
    this.#open.pop();
    this.#values.set(key, value);
    if (value === undefined) this.failed = true;
    return value;
  }

  #resolve(figure: Figure): number | undefined {
    const path = figure.fixed ? undefined : this.#givenPath(figure.key);
    if (path !== undefined) {
      const given = this.#reader.value(path);
      if (typeof given !== 'string' && !Number.isFinite(given)) return undefined; // the schema has said so
      return this.#reader.try(path, () =>
        this.#allowed(figure, this.#whole(figure, this.#evaluate(String(given)), path)),
      );
    }
    const fallback = this.#fallback(figure);
    const value = this.#reader.try(this.#askedFrom(), () =>
      this.#allowed(figure, this.#whole(figure, this.#evaluate(fallback.value), undefined)),
    );
    const { note } = fallback;
    const constant = fallback.value === String(value);
    // A formula that gives nothing, as for gas meters where there are none, decides nothing.
    if (note !== undefined && value !== undefined && (constant || value > 0)) {
      const reason = constant ? note.reason : `${note.reason} (${fallback.value})`;
      this.#reader.note({ key: `${ROOT}.${figure.key}`, value: String(value), unit: note.unit, reason });
    }
    return value;
  }

  /** Where the file gives a figure; `meters: 10000` and `meters.gas: 500` are totals. */
  #givenPath(key: string): KeyPath | undefined {
    const path = [ROOT, ...key.split('.')];
    if (this.#reader.has(path)) return path;
    if (!key.startsWith('meters.') || !key.endsWith('.total')) return undefined;
    const isScalar = (at: KeyPath) => ['number', 'string'].includes(typeof this.#reader.value(at));
    if (isScalar(path.slice(0, -1))) return path.slice(0, -1);
    return key === 'meters.electric.total' && isScalar([ROOT, 'meters']) ? [ROOT, 'meters'] : undefined;
  }

  /** The given figure that led to the one being resolved: where a problem in a default is to be shown. */
  #askedFrom(): KeyPath {
    for (const key of [...this.#open].reverse()) {
      const path = this.#byKey.get(key)!.fixed ? undefined : this.#givenPath(key);
      if (path !== undefined) return path;
    }
    return [ROOT];
  }

  #fallback(figure: Figure): {
    readonly value: string;
    readonly note?: { readonly unit: string; readonly reason: string };
  } {
    const { key, own } = figure;
    if (own !== undefined) {
      const reason = own.source === 'assumption' ? own.reason : `${own.reason} (${own.source})`;
      return { value: String(own.value), note: { unit: own.unit, reason } };
    }
    const lacking = this.#lacking(key);
    if (lacking !== undefined) {
      const said = key === 'han.premises' || key === 'rep.share'; // once for all that belongs to them
      return said ? { value: '0', note: { unit: '', reason: lacking } } : { value: '0' };
    }
    if (this.#profile?.code === NO_PROFILE && !key.startsWith('meters.')) return { value: '0' };
    if (key === 'daps' && this.#dapsBySize !== undefined) return { value: this.#dapsBySize };
    if (figure.derived !== undefined) return { value: figure.derived };
    const implied = this.#impliedByParts(key);
    if (implied !== undefined) return { value: implied };
    if (this.#profile?.code === NO_PROFILE) return { value: '0' };
    const entry = DEFAULTS.get(`${ROOT}.${key}`)!;
    return { value: String(entry.value), note: entry };
  }

  /** A total of the parts that are given, or the commercial rest of a total and its residential part. */
  #impliedByParts(key: string): string | undefined {
    const parts = /^(meters\.\w+)\.(total|commercial)$/.exec(key);
    if (parts === null) return undefined;
    const given = (part: string) => this.#givenPath(`${parts[1]}.${part}`) !== undefined;
    if (parts[2] === 'commercial') {
      if (!given('residential')) return undefined;
      return given('total') ? `max(0, ${parts[1]}.total - ${parts[1]}.residential)` : '0';
    }
    const known = ['residential', 'commercial'].filter(given);
    return known.length === 0 ? undefined : known.map((part) => `${parts[1]}.${part}`).join(' + ');
  }

  #lacking(key: string): string | undefined {
    if (this.#profile === undefined || this.#profile.code === NO_PROFILE) return undefined;
    const { code, ami } = this.#profile;
    if (key.startsWith('han.') && key !== 'han.devices' && !ami?.han) return `profile ${code} has no home area network`;
    if (/^(rep\.|portals\.rep)/.test(key) && !ami?.rep) return `profile ${code} has no retail energy provider`;
    return undefined;
  }

  /** undefined: a figure that it names failed. */
  #evaluate(text: string): number | undefined {
    const expression = parseExpression(text);
    const scope = new Map<string, number>();
    for (const name of expression.names) {
      if (!this.#byKey.has(name)) throw unknownKeyPath(name, [...this.#byKey.keys()]);
      const start = this.#open.indexOf(name);
      if (start >= 0) {
        throw new BadValue({
          code: 'CONFLICT',
          message: `these counts wait for each other: ${[...this.#open.slice(start), name].join(' -> ')}`,
          found: text,
          allowed: 'give one of them as a number',
        });
      }
      const value = this.value(name);
      if (value === undefined) return undefined;
      scope.set(name, value);
    }
    return evaluateCount(expression, scope, text);
  }

  /** @throws BadValue beyond what a rule of the document allows */
  #allowed({ key, own }: Figure, value: number | undefined): number | undefined {
    if (own?.most === undefined || value === undefined) return value;
    const most = this.#evaluate(String(own.most));
    if (most === undefined || value <= most) return value;
    const formula = String(own.most) === String(most) ? '' : ` (${own.most})`;
    throw new BadValue({
      code: 'OUT_OF_RANGE',
      message: `${key} is more than a rule allows: ${own.rule}`,
      found: String(value),
      allowed: `up to ${most}${formula}`,
    });
  }

  #whole(figure: Figure, exact: number | undefined, path: KeyPath | undefined): number | undefined {
    if (exact === undefined) return undefined;
    const value = figure.kind === 'count' ? Math.round(exact) : exact;
    const most = figure.kind === 'share' ? 1 : (figure.most ?? MOST);
    if (value > most || (figure.key === 'metersPerDap' && value === 0)) {
      throw new BadValue({
        code: 'OUT_OF_RANGE',
        message: `${figure.key} is ${value === 0 ? 'zero' : 'too large'}`,
        found: String(exact),
        allowed: figure.kind === 'share' ? 'a share: 20% or 0.2' : `up to ${most}`,
        ...(figure.kind === 'share' && value <= 100 ? { nearest: `${value}%` } : {}),
      });
    }
    if (value !== exact && path !== undefined) {
      const reason = `${exact} rounded to a whole number`;
      this.#reader.note({ key: `${ROOT}.${figure.key}`, value: String(value), unit: '', reason });
    }
    return value;
  }
}

/** What must hold between figures. */
function checkDeployment(deployment: Deployment, reader: ScenarioReader): void {
  const conflict = (keys: readonly string[], message: string, found: string) => {
    const path = keys.map((key) => [ROOT, ...key.split('.')]).find((candidate) => reader.has(candidate)) ?? [
      ROOT,
      keys[0]!,
    ];
    reader.report(path, { code: 'CONFLICT', message, found });
  };
  const { meters, feeder, han } = deployment;
  for (const kind of METERS) {
    const { total, residential, commercial } = meters[kind];
    if (residential + commercial > total) {
      conflict(
        [`meters.${kind}.residential`, `meters.${kind}.commercial`, `meters.${kind}`],
        `residential and commercial ${kind} meters are more than the total`,
        `${residential} + ${commercial} > ${total}`,
      );
    }
  }
  const sizing = ['dapSizes', 'daps', 'metersPerDap'].filter((key) => reader.has([ROOT, key]));
  const all = totalOf(meters);
  const inDaps = deployment.dapSizes.reduce((a, b) => a + b, 0);
  if (sizing.length > 1) {
    conflict(sizing, 'only one of dapSizes, daps and metersPerDap can be given', sizing.join(', '));
  } else if (deployment.dapSizes.length > 0 && inDaps !== all) {
    conflict(sizing, 'the DAPs have another number of meters than the deployment', `${inDaps} in DAPs, ${all} meters`);
  } else if (deployment.daps === 0 && all > 0) {
    conflict(['daps'], 'there are meters but no DAP', `0 DAPs, ${all} meters`);
  }
  if (deployment.substations === 0 && deployment.feeders > 0) {
    conflict(['substations'], 'there are feeders but no substation', `0 substations, ${deployment.feeders} feeders`);
  }
  if (feeder.faultDetectors > feeder.sensors) {
    conflict(
      ['feeder.faultDetectors', 'perFeeder.faultDetectors', 'feeder.sensors', 'perFeeder.sensors'],
      'fault detectors are sensors, so there cannot be more of them',
      `${feeder.faultDetectors} fault detectors, ${feeder.sensors} sensors`,
    );
  }
  if (han.premises > meters.electric.total) {
    conflict(
      ['han.premises'],
      'more premises have a home area network than there are electric meters',
      `${han.premises} premises, ${meters.electric.total} electric meters`,
    );
  }
  for (const device of FEEDER_DEVICES) {
    if (reader.has([ROOT, 'feeder', device]) && reader.has([ROOT, 'perFeeder', device])) {
      conflict(
        [`perFeeder.${device}`],
        `${device} are given both in all and per feeder`,
        `feeder.${device}, perFeeder.${device}`,
      );
    }
  }
}
