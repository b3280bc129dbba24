import type { Answer, CatalogueFlow } from '../../payloads/types.js';
import { Phase, type PopulationTable, Process } from '../../sim/plan.js';
import { type AreaKind, CENTRE, kindOfSite } from './areas.js';
import { type Burst, bursts } from './bursts.js';
import type { CompileContext, RowFlow } from './context.js';
import { bindingKind, type Leg, legsOf } from './legs.js';
import type { Links } from './links.js';
import { priorityOf } from './priority.js';
import { type Requirement, requirementOf } from './requirements.js';
import { overrideOf } from './scope.js';
import { clipRanges, type InstanceRange, toRanges } from './spread.js';
import { type Traffic, trafficOf } from './traffic.js';
import type { Trees, Way } from './trees.js';

/** A row of the flow table in the making. */
export interface FlowRow {
  readonly item: RowFlow;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly route: string;
  readonly networks: string;
  readonly priority: number;
  readonly sizeB: number;
  readonly requirement: Requirement;
  /** What an answer looks for: the devices, option and backhaul of the leg. */
  readonly leg: Leg;
}

/** A row of the source table in the making. */
export interface SourceRow {
  readonly name: string;
  readonly kind: AreaKind;
  readonly range: InstanceRange;
  readonly process: number;
  readonly periodS: number;
  readonly window: number;
  readonly phase: number;
  readonly spreadS: number;
  readonly bursts: readonly Burst[];
  readonly sizeB: number;
  readonly rootHop: number;
  readonly priority: number;
  readonly flows: readonly number[];
}

/** Legs and sources of an answer, for its causes. */
export interface AnswerRows {
  readonly item: RowFlow;
  readonly answer: Answer;
  readonly perDay: number;
  readonly parts: readonly { readonly leg: Leg; readonly sources: readonly number[] }[];
}

/** Rows of a catalogue flow that starts messages by itself. */
export interface CommandRows {
  readonly perDay: number;
  readonly flows: readonly number[];
}

/** Turns catalogue flows into rows of flows, sources and populations. */
export class Flows {
  readonly rows: FlowRow[] = [];
  readonly sources: SourceRow[] = [];
  readonly answers: AnswerRows[] = [];
  readonly byCatalogueFlow = new Map<string, CommandRows>();
  readonly #populations: { name: string; kind: AreaKind; ranges: readonly InstanceRange[] }[] = [];
  readonly #context: CompileContext;
  readonly #links: Links;
  readonly #trees: Trees;

  constructor(context: CompileContext, links: Links, trees: Trees) {
    this.#context = context;
    this.#links = links;
    this.#trees = trees;
  }

  /**
   * Adds a catalogue flow.
   * @param members devices of its population in the deployment
   * @param caused true: its messages are answers, sent when their command is delivered
   * @returns why it is out of scope, or undefined when it is in the plan
   */
  add(item: RowFlow, members: number, caused: boolean): string | undefined {
    const { flow } = item;
    if (members <= 0) return noMembers(flow);
    const result = legsOf(item, members, this.#context);
    if ('reason' in result) return result.reason;
    const traffic = trafficOf(item, this.#context.scenario.links['NAN']?.overheadB ?? 0, this.#context);
    const requirement = requirementOf(
      flow,
      members,
      this.#context.scenario.payloads[flow.id]?.range ?? this.#context.scenario.range,
      this.#context.scenario.time.durationS,
      overrideOf(item, this.#context),
    );
    this.#noteReadings(item, result.legs);
    const firstFlow = this.rows.length;
    if (flow.cast !== 'unicast' && !caused) this.#addBroadcast(item, result.legs, traffic, requirement);
    else {
      const parts = result.legs.map((leg) => ({ leg, sources: this.#addLeg(item, leg, traffic, requirement, caused) }));
      if (caused) this.answers.push({ item, answer: flow.answers!, perDay: traffic.perDay, parts });
    }
    const flows = Array.from({ length: this.rows.length - firstFlow }, (_, i) => firstFlow + i);
    this.byCatalogueFlow.set(flow.id, { perDay: traffic.perDay, flows });
    return undefined;
  }

  #addLeg(item: RowFlow, leg: Leg, traffic: Traffic, requirement: Requirement, caused: boolean): number[] {
    const ways: Way[] = leg.ways.map((way) => ({
      hops: way.route.hops,
      flow: this.#addFlow(item, leg, way, traffic, requirement),
      listeners: -1,
    }));
    return this.#trees.add(ways, false).flatMap((tree, t) => {
      const kinds = tree.links.map((link) => this.#links.rows[link]!.kind);
      const kind = bindingKind(this.#population(item.flow), kinds, this.#context);
      const base = sourceName(item.flow, leg, t);
      const silent = !caused && traffic.perDay === 0 && traffic.perEvent === undefined;
      if (silent) return [];
      return this.#ranges(leg, kind, caused).map((range) =>
        this.#addSource(base, item, kind, range, traffic, tree, caused ? Process.caused : undefined),
      );
    });
  }

  /** A broadcast leaves its sender once; every member of the population is a listener. */
  #addBroadcast(item: RowFlow, legs: readonly Leg[], traffic: Traffic, requirement: Requirement): void {
    const ways: Way[] = legs.flatMap((leg) =>
      leg.ways.map((way) => ({
        hops: way.route.hops,
        flow: this.#addFlow(item, leg, way, traffic, requirement),
        listeners: this.#addPopulation(item.flow, leg),
      })),
    );
    this.#trees.add(ways, true).forEach((tree, t) => {
      this.#addSource(
        sourceName(item.flow, legs[0]!, t),
        item,
        CENTRE,
        { first: 0, count: 1, devices: 1 },
        traffic,
        tree,
        undefined,
      );
    });
  }

  #addFlow(item: RowFlow, leg: Leg, way: Leg['ways'][number], traffic: Traffic, requirement: Requirement): number {
    const option = [leg.option, leg.backhaul].filter((part) => part !== '').join(', ');
    this.rows.push({
      item,
      name: `${item.flow.id}: ${way.from} > ${way.to}${option === '' ? '' : ` (${option})`}`,
      from: way.from,
      to: way.to,
      route: way.route.expression,
      networks: [...new Set(way.route.hops.map((hop) => hop.network))].join(', '),
      priority: priorityOf(item.row.type, traffic.sizeB),
      sizeB: traffic.sizeB,
      requirement,
      leg,
    });
    return this.rows.length - 1;
  }

  #addSource(
    base: string,
    item: RowFlow,
    kind: AreaKind,
    range: InstanceRange,
    traffic: Traffic,
    tree: { readonly root: number; readonly flows: readonly number[] },
    process: number | undefined,
  ): number {
    const scheduled = process === undefined ? bursts(item.flow, traffic, range.devices, this.#context) : undefined;
    const own = traffic.process === 'periodic' ? Process.periodic : Process.poisson;
    this.sources.push({
      name: range.first === 0 ? base : `${base} @${range.first}`,
      kind,
      range,
      process: process ?? (scheduled !== undefined ? Process.burst : own),
      periodS: traffic.periodS,
      window: traffic.window,
      phase: Phase[traffic.phase],
      spreadS: scheduled?.spreadS ?? traffic.spreadS,
      bursts: scheduled?.bursts ?? [],
      sizeB: traffic.sizeB,
      rootHop: tree.root,
      priority: priorityOf(item.row.type, traffic.sizeB),
      flows: tree.flows,
    });
    return this.sources.length - 1;
  }

  /** Instances in which a leg's sources stand. Answers need no device numbers, only their instances. */
  #ranges(leg: Leg, kind: AreaKind, caused: boolean): InstanceRange[] {
    const { areas } = this.#context;
    if (kind === CENTRE) return [{ first: 0, count: 1, devices: leg.count }];
    const all = { first: 0, count: areas.instances[kind]! };
    const within = leg.clip ?? all;
    if (caused) return [{ ...within, devices: 1 }];
    return clipRanges(toRanges(areas.spread(leg.count, kind)), within.first, within.count);
  }

  #addPopulation(flow: CatalogueFlow, leg: Leg): number {
    const { areas, topology } = this.#context;
    const kind = kindOfSite(topology.siteOf(leg.devices.split(', ')[0]!));
    const within = leg.clip ?? { first: 0, count: areas.instances[kind]! };
    const ranges = clipRanges(toRanges(areas.spread(leg.count, kind)), within.first, within.count);
    const name = `${flow.howOften.population} ${leg.devices} ${leg.option} ${leg.backhaul}`.trimEnd();
    const known = this.#populations.findIndex((population) => population.name === name);
    if (known >= 0) return known;
    this.#populations.push({ name, kind, ranges });
    return this.#populations.length - 1;
  }

  #population(flow: CatalogueFlow) {
    return this.#context.population(flow.howOften.population);
  }

  #noteReadings(item: RowFlow, legs: readonly Leg[]): void {
    const { assumptions, topology } = this.#context;
    for (const reading of [...item.row.readings, ...(item.flow.reading === undefined ? [] : [item.flow.reading])]) {
      assumptions.add({
        kind: 'reading',
        key: item.flow.id,
        value: reading,
        reason: 'the source needs a decision here',
        source: 'catalogue',
      });
    }
    if (item.row.origin === 'derived') {
      assumptions.add({
        kind: 'derived',
        key: item.row.id,
        value: item.row.payload,
        reason: 'row built by analogy, as its reading says',
        source: 'catalogue',
      });
    }
    for (const leg of legs) {
      for (const way of leg.ways) {
        for (const hop of way.route.hops) {
          const basis = topology.basis(hop.ref);
          if (basis === 'printed') continue;
          assumptions.add({
            kind: 'reading',
            key: `data flow ${hop.ref}`,
            value: `${hop.from} - ${hop.to} over ${hop.network}`,
            reason: `reconstructed: ${basis}`,
            source: 'reference diagram',
          });
        }
      }
    }
  }

  populationTable(): PopulationTable {
    const rows = this.#populations;
    const ranges = rows.flatMap((row) => row.ranges);
    let at = 0;
    return {
      name: rows.map((row) => row.name),
      kind: Uint8Array.from(rows, (row) => row.kind),
      start: Uint32Array.from([0, ...rows.map((row) => (at += row.ranges.length))]),
      firstInstance: Uint32Array.from(ranges, (range) => range.first),
      instanceCount: Uint32Array.from(ranges, (range) => range.count),
      devices: Uint32Array.from(ranges, (range) => range.devices),
    };
  }
}

export function noMembers(flow: CatalogueFlow): string {
  return `the deployment has no ${flow.howOften.population}`;
}

function sourceName(flow: CatalogueFlow, leg: Leg, tree: number): string {
  const option = [leg.devices, leg.option, leg.backhaul].filter((part) => part !== '').join(' ');
  return `${flow.id} | ${option}${tree === 0 ? '' : ` | ${tree}`}`;
}
