/**
 * Small valid plans from a literal, for tests and benches. Names instead of handles, defaults for whatever a test does
 * not care about: one day of 24 hours from an empty network, Poisson sources around the clock, FIFO links of their own,
 * one receiver at the end of a straight path.
 *
 * ```ts
 * buildPlan({
 *   kinds: { dap: 2 },
 *   links: { 'NAN up': { kind: 'dap', rateBps: 100_000, delayS: 0.005 }, 'WAN up': { rateBps: 1e6 } },
 *   sources: [{ name: 'reads', kind: 'dap', devices: 10, periodS: 3600, sizeB: 2400, path: ['NAN up', 'WAN up'] }],
 * });
 * ```
 */
import type { Medium } from '../../sim/media.js';
import { Direction, Discipline, Fan, Phase, PLAN_VERSION, type Plan, Process, SizeLaw } from '../../sim/plan.js';

export interface PlanLiteral {
  readonly name?: string;
  readonly seed?: string;
  readonly horizonS?: number; // one day
  readonly binS?: number; // 3600
  readonly warmUpDays?: number; // 0
  readonly dayLengthS?: readonly number[]; // [86400]
  readonly dayKind?: readonly number[]; // kind 0 for as many days as the horizon covers
  /** Instances per area kind; the centre is always there, as kind 0. */
  readonly kinds?: Readonly<Record<string, number>>;
  /** Devices in each instance of a kind, the centre included; 1. */
  readonly endpoints?: Readonly<Record<string, number>>;
  /** parents.dap.substation[i]: the substation that serves dap i. */
  readonly parents?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  /** Intervals [fromS, toS) per day kind; `24x7` is always there, as row 0. */
  readonly windows?: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>>;
  /** Devices per instance: the same everywhere, or one number per instance. */
  readonly populations?: Readonly<
    Record<string, { readonly kind?: string; readonly devices: number | readonly number[] }>
  >;
  readonly links: Readonly<Record<string, LinkLiteral>>;
  readonly sources: readonly SourceLiteral[];
  readonly causes?: readonly CauseLiteral[];
  /** What to say about a flow beyond its name; flows arise from the deliveries of the paths. */
  readonly flows?: Readonly<Record<string, FlowLiteral>>;
  readonly outages?: readonly OutageLiteral[];
}

export interface LinkLiteral {
  readonly kind?: string; // centre
  readonly network?: string; // the first word of the link's name
  readonly direction?: keyof typeof Direction; // up, or down when the name says so
  /** Links with the same server share one transmitter (half duplex); its settings are those of the first. */
  readonly server?: string;
  readonly rateBps?: number; // Infinity
  readonly delayS?: number; // 0
  readonly copies?: number; // 1
  readonly discipline?: keyof typeof Discipline; // fifo
  readonly bufferB?: number; // Infinity
  readonly quantumB?: number; // Infinity
  readonly bufferMessages?: number; // Infinity
  readonly weights?: readonly number[]; // []
  readonly oneStation?: boolean; // false
  readonly medium?: Medium; // a pipe
}

/** See FramingTable; what a literal does not say is as small as can be. */
export interface FramingLiteral {
  readonly frames?: number; // 1
  readonly fullB?: number; // lastB
  readonly lastB: number;
  readonly fullS?: number; // lastS
  readonly lastS: number;
  readonly gapS?: number; // 0
  readonly ackS?: number; // 0
}

/** See HoldTable. */
export interface HoldLiteral {
  readonly sizeB?: number; // Infinity
  readonly ageS?: number; // Infinity
  readonly untilFlow?: string;
  readonly frameAppB?: number; // 0: no frames
  readonly fullB?: number; // 0
  readonly fullS?: number; // 0
  readonly emptyB?: number; // 0
  readonly emptyS?: number; // 0
}

export interface OutageLiteral {
  readonly kind?: string; // centre
  readonly range?: readonly [number, number]; // all instances
  readonly server?: string; // a server; endpoints without
  readonly nodes?: readonly [number, number]; // first, count
  readonly fromS: number;
  readonly toS: number;
}

/** One hop of a tree: its link's name, or the link with what happens at its end. */
export type HopLiteral = string | HopObject;
export interface HopObject {
  readonly link: string;
  readonly overheadB?: number; // 0
  readonly fan?: keyof typeof Fan; // own
  /** Flow delivered at the end of this hop. */
  readonly deliver?: string;
  readonly listeners?: string; // a population; one receiver
  readonly framing?: FramingLiteral;
  readonly cutThrough?: boolean;
  /** A childless hop that goes back. */
  readonly reply?: HopObject;
  readonly hold?: HoldLiteral;
  readonly next?: readonly HopLiteral[];
}

export interface SourceLiteral {
  readonly name: string;
  readonly kind?: string; // centre
  /** First instance and number of instances; all of the kind. */
  readonly range?: readonly [number, number];
  readonly devices?: number; // 1
  readonly process?: keyof typeof Process; // poisson; burst when there are bursts
  readonly periodS?: number; // 1
  readonly window?: string; // 24x7
  readonly phase?: keyof typeof Phase; // random
  readonly spreadS?: number; // 0
  readonly bursts?: readonly number[]; // times in seconds
  readonly burstDevices?: number; // in each burst; all
  readonly burstFirst?: boolean; // the first of them
  readonly burstAfterS?: number; // 0
  readonly firstNode?: number; // 0
  readonly concurrency?: number; // 1
  readonly retryS?: number; // Infinity
  readonly retries?: number; // 0
  readonly sizeB?: number; // 0
  readonly sizeLaw?: keyof typeof SizeLaw; // fixed
  readonly priority?: number; // 0
  /**
   * Hops in a row, from root to leaf, or one tree (an object with `next`). The last hop of a row delivers the flow named
   * like the source unless it says otherwise. Sources that are given the same array or object share the tree.
   */
  readonly path: readonly HopLiteral[] | HopObject;
}

export interface CauseLiteral {
  readonly trigger: string; // flow
  readonly source: string;
  readonly group?: number; // an outcome of its own
  readonly probability?: number; // 1
  readonly delayS?: number; // 0
  readonly spreadS?: number; // 0
}

export interface FlowLiteral {
  readonly useCase?: string;
  readonly payload?: string;
  readonly networks?: string;
  readonly budgetS?: number; // NaN
  readonly requiredReliability?: number; // NaN
  readonly deadlineS?: number; // NaN
  readonly tiers?: readonly { readonly windowS: number; readonly share: number }[];
}

const DAY_S = 86_400;

/** @throws Error when the literal names something that it does not define. */
export function buildPlan(literal: PlanLiteral): Plan {
  const horizonS = literal.horizonS ?? DAY_S;
  const dayLengthS = Float64Array.from(literal.dayLengthS ?? [DAY_S]);
  const dayKind = Uint8Array.from(literal.dayKind ?? new Array(Math.ceil(horizonS / dayLengthS[0]!)).fill(0));
  const binS = literal.binS ?? 3600;
  const bins = Math.ceil(horizonS / binS);

  const kinds = ['centre', ...Object.keys(literal.kinds ?? {})];
  const kindOf = (name = 'centre') => indexIn(kinds, name, 'kind');
  const instances = Uint32Array.from([1, ...Object.values(literal.kinds ?? {})]);

  const windows = buildWindows(literal, dayLengthS);
  const populationNames = Object.keys(literal.populations ?? {});
  const linkNames = Object.keys(literal.links);
  const linkRows = Object.values(literal.links);
  const serverNames = [...new Set(linkNames.map((name, l) => linkRows[l]!.server ?? name))];
  const serverRows = serverNames.map(
    (name) => linkRows[linkNames.findIndex((l, i) => (linkRows[i]!.server ?? l) === name)]!,
  );

  const hops = new HopBuilder(linkNames, populationNames);
  const sources = literal.sources;
  const roots = sources.map((source) => hops.tree(source.path, source.name));
  const flowsOfSource = roots.map((root) => hops.flowsBelow(root));
  const sourceOfFlow = hops.flows.map((_, f) => sources[flowsOfSource.findIndex((flows) => flows.includes(f))]!);
  const bursts = sources.map((source) => source.bursts ?? []);
  const causes = (literal.causes ?? [])
    .map((cause, i) => ({ ...cause, flow: indexIn(hops.flows, cause.trigger, 'flow'), group: cause.group ?? 1000 + i }))
    .sort((a, b) => a.flow - b.flow);
  const flowText = (key: keyof FlowLiteral) =>
    hops.flows.map((name) => String(literal.flows?.[name]?.[key] ?? (key === 'payload' ? name : '')));
  const flowNumber = (key: keyof FlowLiteral, otherwise: number) =>
    Float64Array.from(hops.flows, (name) => Number(literal.flows?.[name]?.[key] ?? otherwise));
  const blank = hops.flows.map(() => '');
  const tiers = hops.flows.flatMap((name, flow) =>
    (literal.flows?.[name]?.tiers ?? []).map((tier) => ({ flow, ...tier })),
  );
  const outages = literal.outages ?? [];
  const media = [...new Set(serverRows.flatMap((row) => row.medium ?? []))];

  return {
    version: PLAN_VERSION,
    name: literal.name ?? 'test',
    seed: literal.seed ?? '1',
    scenarioHash: '',
    catalogueHash: '',
    profile: '',
    load: 'baseload',
    replications: 5,
    labels: { scenarioFile: 'built', deployment: [] },
    time: {
      startLocal: '2026-07-16T00:00:00',
      zone: 'UTC',
      horizonS,
      binS,
      binLabel: Array.from({ length: bins }, (_, b) => `bin ${b}`),
      binHour: Uint8Array.from({ length: bins }, (_, b) => Math.floor((b * binS) / 3600) % 24),
      dayLengthS,
      dayKind,
      warmUpDays: literal.warmUpDays ?? 0,
    },
    areas: {
      kind: kinds,
      instances,
      endpoints: kinds.map((kind, k) => new Float64Array(instances[k]!).fill(literal.endpoints?.[kind] ?? 1)),
      parent: kinds.map((from) => kinds.map((to) => Uint32Array.from(literal.parents?.[from]?.[to] ?? []))),
    },
    windows,
    servers: {
      name: serverNames,
      kind: Uint8Array.from(serverRows, (row) => kindOf(row.kind)),
      copies: Uint32Array.from(serverRows, (row) => row.copies ?? 1),
      discipline: Uint8Array.from(serverRows, (row) => Discipline[row.discipline ?? 'fifo']),
      bufferB: Float64Array.from(serverRows, (row) => row.bufferB ?? Number.POSITIVE_INFINITY),
      quantumB: Float64Array.from(serverRows, (row) => row.quantumB ?? Number.POSITIVE_INFINITY),
      bufferMessages: Float64Array.from(serverRows, (row) => row.bufferMessages ?? Number.POSITIVE_INFINITY),
      weights: serverRows.map((row) => row.weights ?? []),
      oneStation: Uint8Array.from(serverRows, (row) => Number(row.oneStation ?? false)),
      medium: Int32Array.from(serverRows, (row) => (row.medium === undefined ? -1 : media.indexOf(row.medium))),
    },
    media,
    links: {
      name: linkNames,
      network: linkNames.map((name, l) => linkRows[l]!.network ?? name.split(' ')[0]!),
      dataFlow: linkNames.map(() => ''),
      kind: Uint8Array.from(linkRows, (row) => kindOf(row.kind)),
      direction: Uint8Array.from(linkRows, (row, l) => Direction[row.direction ?? directionIn(linkNames[l]!)]),
      server: Uint32Array.from(linkRows, (row, l) => serverNames.indexOf(row.server ?? linkNames[l]!)),
      rateBps: Float64Array.from(linkRows, (row) => row.rateBps ?? Number.POSITIVE_INFINITY),
      delayS: Float64Array.from(linkRows, (row) => row.delayS ?? 0),
    },
    framings: hops.framingTable(),
    hops: hops.table(),
    holds: hops.holdTable(),
    populations: buildPopulations(literal, kinds, instances),
    sources: {
      name: sources.map((source) => source.name),
      kind: Uint8Array.from(sources, (source) => kindOf(source.kind)),
      firstInstance: Uint32Array.from(sources, (source) => source.range?.[0] ?? 0),
      instanceCount: Uint32Array.from(sources, (source) => source.range?.[1] ?? instances[kindOf(source.kind)]!),
      devices: Uint32Array.from(sources, (source) => source.devices ?? 1),
      process: Uint8Array.from(sources, (source) => Process[source.process ?? (source.bursts ? 'burst' : 'poisson')]),
      periodS: Float64Array.from(sources, (source) => source.periodS ?? 1),
      window: Uint32Array.from(sources, (source) => indexIn(windows.name, source.window ?? '24x7', 'window')),
      phase: Uint8Array.from(sources, (source) => Phase[source.phase ?? 'random']),
      spreadS: Float64Array.from(sources, (source) => source.spreadS ?? 0),
      burstStart: starts(bursts),
      burstAtS: Float64Array.from(bursts.flat()),
      burstDevices: Uint32Array.from(
        sources.flatMap((s) => (s.bursts ?? []).map(() => s.burstDevices ?? s.devices ?? 1)),
      ),
      burstFirst: Uint8Array.from(sources, (source) => Number(source.burstFirst ?? false)),
      burstAfterS: Float64Array.from(sources, (source) => source.burstAfterS ?? 0),
      firstNode: Uint32Array.from(sources, (source) => source.firstNode ?? 0),
      concurrency: Uint32Array.from(sources, (source) => source.concurrency ?? 1),
      retryS: Float64Array.from(sources, (source) => source.retryS ?? Number.POSITIVE_INFINITY),
      retries: Uint32Array.from(sources, (source) => source.retries ?? 0),
      sizeB: Float64Array.from(sources, (source) => source.sizeB ?? 0),
      sizeLaw: Uint8Array.from(sources, (source) => SizeLaw[source.sizeLaw ?? 'fixed']),
      rootHop: Uint32Array.from(roots),
      priority: Uint8Array.from(sources, (source) => source.priority ?? 0),
      flowStart: starts(flowsOfSource),
      flowItem: Uint32Array.from(flowsOfSource.flat()),
    },
    causes: {
      trigger: Uint32Array.from(causes, (cause) => cause.flow),
      source: Uint32Array.from(causes, (cause) =>
        indexIn(
          sources.map((s) => s.name),
          cause.source,
          'source',
        ),
      ),
      group: Uint32Array.from(causes, (cause) => cause.group),
      probability: Float64Array.from(causes, (cause) => cause.probability ?? 1),
      delayS: Float64Array.from(causes, (cause) => cause.delayS ?? 0),
      spreadS: Float64Array.from(causes, (cause) => cause.spreadS ?? 0),
    },
    flows: {
      name: hops.flows,
      catalogueFlow: hops.flows,
      useCase: flowText('useCase'),
      businessScenario: blank,
      section: blank,
      payload: flowText('payload'),
      type: blank,
      from: blank,
      to: blank,
      route: blank,
      networks: flowText('networks'),
      howOften: blank,
      population: blank,
      mode: blank,
      priority: Uint8Array.from(sourceOfFlow, (source) => source.priority ?? 0),
      sizeB: Float64Array.from(sourceOfFlow, (source) => source.sizeB ?? 0),
      budgetS: flowNumber('budgetS', Number.NaN),
      requiredReliability: flowNumber('requiredReliability', Number.NaN),
      deadlineS: flowNumber('deadlineS', Number.NaN),
    },
    tiers: {
      flow: Uint32Array.from(tiers, (tier) => tier.flow),
      windowS: Float64Array.from(tiers, (tier) => tier.windowS),
      share: Float64Array.from(tiers, (tier) => tier.share),
      text: tiers.map((tier) => `${100 * tier.share}% over ${tier.windowS} s`),
    },
    outages: {
      name: outages.map((_, i) => `outage ${i + 1}`),
      kind: Uint8Array.from(outages, (row) => kindOf(row.kind)),
      firstInstance: Uint32Array.from(outages, (row) => row.range?.[0] ?? 0),
      instanceCount: Uint32Array.from(outages, (row) => row.range?.[1] ?? instances[kindOf(row.kind)]!),
      server: Int32Array.from(outages, (row) =>
        row.server === undefined ? -1 : indexIn(serverNames, row.server, 'server'),
      ),
      firstNode: Uint32Array.from(outages, (row) => row.nodes?.[0] ?? 0),
      nodes: Uint32Array.from(outages, (row) => row.nodes?.[1] ?? 0),
      fromS: Float64Array.from(outages, (row) => row.fromS),
      toS: Float64Array.from(outages, (row) => row.toS),
    },
    outOfScope: [],
    assumptions: [],
  };
}

/** Collects the hops of all trees in one table, parents before children. */
class HopBuilder {
  readonly flows: string[] = [];
  private readonly rows: { hop: HopObject; child: number; sibling: number; flow: number; reply: number }[] = [];
  private readonly framings: FramingLiteral[] = [];
  private readonly holds: HoldLiteral[] = [];
  private readonly rootOf = new Map<unknown, number>();
  private readonly links: readonly string[];
  private readonly populations: readonly string[];

  constructor(links: readonly string[], populations: readonly string[]) {
    this.links = links;
    this.populations = populations;
  }

  tree(path: readonly HopLiteral[] | HopObject, flow: string): number {
    const known = this.rootOf.get(path);
    if (known !== undefined) return known;
    const root = this.add('link' in path ? path : inARow(path, flow));
    this.rootOf.set(path, root);
    return root;
  }

  flowsBelow(h: number): number[] {
    const row = this.rows[h]!;
    const flows = row.flow === -1 ? [] : [row.flow];
    for (let c = row.child; c !== -1; c = this.rows[c]!.sibling) flows.push(...this.flowsBelow(c));
    return [...new Set(flows)];
  }

  table(): Plan['hops'] {
    const rows = this.rows;
    return {
      link: Uint32Array.from(rows, (row) => indexIn(this.links, row.hop.link, 'link')),
      child: Int32Array.from(rows, (row) => row.child),
      sibling: Int32Array.from(rows, (row) => row.sibling),
      fan: Uint8Array.from(rows, (row) => Fan[row.hop.fan ?? 'own']),
      overheadB: Float64Array.from(rows, (row) => row.hop.overheadB ?? 0),
      deliverFlow: Int32Array.from(rows, (row) => row.flow),
      listeners: Int32Array.from(rows, ({ hop }) =>
        hop.listeners === undefined ? -1 : indexIn(this.populations, hop.listeners, 'population'),
      ),
      framing: Int32Array.from(rows, ({ hop }) =>
        hop.framing === undefined ? -1 : this.framings.indexOf(hop.framing),
      ),
      cutThrough: Uint8Array.from(rows, ({ hop }) => Number(hop.cutThrough ?? false)),
      reply: Int32Array.from(rows, (row) => row.reply),
      hold: Int32Array.from(rows, ({ hop }) => (hop.hold === undefined ? -1 : this.holds.indexOf(hop.hold))),
    };
  }

  framingTable(): Plan['framings'] {
    const of = (value: (row: FramingLiteral) => number) => Float64Array.from(this.framings, value);
    return {
      frames: Uint32Array.from(this.framings, (row) => row.frames ?? 1),
      fullB: of((row) => row.fullB ?? row.lastB),
      lastB: of((row) => row.lastB),
      fullS: of((row) => row.fullS ?? row.lastS),
      lastS: of((row) => row.lastS),
      gapS: of((row) => row.gapS ?? 0),
      ackS: of((row) => row.ackS ?? 0),
    };
  }

  holdTable(): Plan['holds'] {
    const of = (value: (row: HoldLiteral) => number) => Float64Array.from(this.holds, value);
    return {
      name: this.holds.map((_, i) => `hold ${i + 1}`),
      sizeB: of((row) => row.sizeB ?? Number.POSITIVE_INFINITY),
      ageS: of((row) => row.ageS ?? Number.POSITIVE_INFINITY),
      untilFlow: Int32Array.from(this.holds, (row) => this.flow(row.untilFlow)),
      frameAppB: of((row) => row.frameAppB ?? 0),
      fullB: of((row) => row.fullB ?? 0),
      fullS: of((row) => row.fullS ?? 0),
      emptyB: of((row) => row.emptyB ?? 0),
      emptyS: of((row) => row.emptyS ?? 0),
    };
  }

  private add(hop: HopLiteral): number {
    const whole = typeof hop === 'string' ? { link: hop } : hop;
    const h = this.rows.push({ hop: whole, child: -1, sibling: -1, flow: this.flow(whole.deliver), reply: -1 }) - 1;
    if (whole.framing !== undefined && !this.framings.includes(whole.framing)) this.framings.push(whole.framing);
    if (whole.hold !== undefined && !this.holds.includes(whole.hold)) this.holds.push(whole.hold);
    if (whole.reply !== undefined) this.rows[h]!.reply = this.add(whole.reply);
    const children = (whole.next ?? []).map((next) => this.add(next));
    for (const [i, c] of children.entries()) this.rows[c]!.sibling = children[i + 1] ?? -1;
    this.rows[h]!.child = children[0] ?? -1;
    return h;
  }

  private flow(name: string | undefined): number {
    if (name === undefined) return -1;
    if (!this.flows.includes(name)) this.flows.push(name);
    return this.flows.indexOf(name);
  }
}

function inARow(path: readonly HopLiteral[], flow: string): HopObject {
  const [first, ...rest] = path.map((hop) => (typeof hop === 'string' ? { link: hop } : hop));
  if (first === undefined) throw new Error(`the path of ${flow} is empty`);
  return rest.length === 0 ? { deliver: flow, ...first } : { ...first, next: [inARow(rest, flow)] };
}

function buildWindows(literal: PlanLiteral, dayLengthS: Float64Array): Plan['windows'] {
  const always = [...dayLengthS].map((lengthS) => [[0, lengthS] as const]);
  const rows = [always, ...Object.values(literal.windows ?? {})];
  const intervals = rows.flatMap((row) => [...dayLengthS].map((_, kind) => row[kind] ?? row[0]!));
  return {
    name: ['24x7', ...Object.keys(literal.windows ?? {})],
    nominalS: Float64Array.from(rows, (row, w) => (w === 0 ? DAY_S : row[0]!.reduce((sum, [a, b]) => sum + b - a, 0))),
    start: starts(intervals),
    fromS: Float64Array.from(intervals.flat(), ([fromS]) => fromS),
    toS: Float64Array.from(intervals.flat(), ([, toS]) => toS),
  };
}

/** One range per instance: wasteful, and the reader of a test need not count ranges. */
function buildPopulations(literal: PlanLiteral, kinds: readonly string[], instances: Uint32Array): Plan['populations'] {
  const rows = Object.entries(literal.populations ?? {});
  const kind = rows.map(([, row]) => indexIn(kinds, row.kind ?? 'centre', 'kind'));
  const devices = rows.map(([, row], p) =>
    typeof row.devices === 'number' ? new Array<number>(instances[kind[p]!]!).fill(row.devices) : row.devices,
  );
  return {
    name: rows.map(([name]) => name),
    kind: Uint8Array.from(kind),
    start: starts(devices),
    firstInstance: Uint32Array.from(devices.flatMap((perInstance) => perInstance.map((_, i) => i))),
    instanceCount: Uint32Array.from(devices.flat(), () => 1),
    devices: Uint32Array.from(devices.flat()),
  };
}

function starts(lists: readonly (readonly unknown[])[]): Uint32Array {
  const start = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) start[i + 1] = start[i]! + list.length;
  return start;
}

function directionIn(linkName: string): keyof typeof Direction {
  return /\bdown\b/.test(linkName) ? 'down' : 'up';
}

function indexIn(names: readonly string[], name: string, what: string): number {
  const index = names.indexOf(name);
  if (index === -1) throw new Error(`${what} ${name} is not in the literal: ${names.join(', ')}`);
  return index;
}
