import type { Answer, CatalogueFlow } from '../../payloads/types.js';
import { countOf } from '../evaluate.js';
import type { CompileContext, RowFlow } from './context.js';
import type { Passing } from './holds.js';
import { type Leg, type LegWay, legsOf } from './legs.js';
import type { Links } from './links.js';
import { noteFlow, notePolling } from './notes.js';
import { noteOccurrences, type Occurrence, occurrencesOf, takingPart } from './occurrences.js';
import { Populations } from './populations.js';
import { priorityOf } from './priority.js';
import { deadlineOf, type Requirement, requirementOf } from './requirements.js';
import { type Absence, overrideOf } from './scope.js';
import { type Sender, Sources } from './sources.js';
import { type Traffic, trafficOf } from './traffic.js';
import type { Tree, Trees, Way } from './trees.js';
import { triggersOf, waysBack } from './triggers.js';

/** A row of the flow table in the making. */
export interface FlowRow {
  readonly item: RowFlow;
  readonly name: string;
  readonly leg: Leg;
  readonly way: LegWay;
  readonly priority: number;
  readonly sizeB: number;
  readonly requirement: Requirement;
  /** Seconds after the scheduled event that began it; NaN: none. */
  readonly deadlineS: number;
}

/** What a catalogue flow became. */
export interface Compiled {
  readonly item: RowFlow;
  /** Messages of its whole population per day. */
  readonly perDay: number;
  /** Rows of the flow table. */
  readonly flows: readonly number[];
  /** The scenario says when it, or what it answers in the end, happens. */
  readonly scheduled: boolean;
  /** Messages per member in a year: at its rate, or in the events of the run. */
  readonly yearly: number;
  /** Sent at the latest so long after what it answers; 0: it answers nothing. */
  readonly answerS: number;
}

/** An answer: what its causes need to know. */
export interface CompiledAnswer extends Compiled {
  readonly answer: Answer;
  /** Flows whose deliveries it answers. */
  readonly triggers: readonly number[];
  readonly legs: readonly Leg[];
  readonly sourcesOf: ReadonlyMap<Leg, readonly number[]>;
}

/** A catalogue flow on its way into the plan. */
interface Adding {
  readonly item: RowFlow;
  readonly legs: readonly Leg[];
  readonly traffic: Traffic;
  readonly requirement: Requirement;
  readonly deadlineS: number;
  readonly priority: number;
}

/** `legsOf`, or who has its results. */
export type FindLegs = typeof legsOf;

/** Turns catalogue flows into rows of flows, sources and populations. */
export class Flows {
  readonly rows: FlowRow[] = [];
  readonly answers: CompiledAnswer[] = [];
  readonly sources: Sources;
  readonly populations: Populations;
  readonly #compiled = new Map<string, Compiled>();
  readonly #context: CompileContext;
  readonly #trees: Trees;

  readonly #findLegs: FindLegs;

  constructor(context: CompileContext, links: Links, trees: Trees, findLegs: FindLegs = legsOf) {
    this.#context = context;
    this.#findLegs = findLegs;
    this.#trees = trees;
    this.sources = new Sources(context, links);
    this.populations = new Populations(context);
  }

  /** What a flow of the catalogue became; undefined when it is not in the plan (yet). */
  compiled(catalogueFlow: string): Compiled | undefined {
    return this.#compiled.get(catalogueFlow);
  }

  /**
   * Adds a catalogue flow; an answer after the flow that it answers.
   * @param members devices of its population in the deployment
   * @returns why it is out of scope, or undefined when it is in the plan
   */
  add(item: RowFlow, members: number): Absence | undefined {
    const context = this.#context;
    const { flow } = item;
    if (members <= 0) return noMembers(flow, context);
    const result = this.#findLegs(item, members, context);
    if ('reason' in result) return { by: 'profile', reason: result.reason };
    const command = flow.answers === undefined ? undefined : this.#compiled.get(flow.answers.to)!;
    const triggers = command === undefined ? [] : triggersOf(command, this.rows, result.legs);
    if (command !== undefined && triggers.length === 0) {
      return { by: 'profile', reason: `its command (${flow.answers!.to}) does not pass ${flow.from.join(', ')}` };
    }
    const back = triggers.flatMap((trigger) => waysBack(this.rows[trigger]!.leg, result.legs));
    const legs = result.legs.filter((leg) => command === undefined || back.some((way) => way.legs.includes(leg)));

    const byHand = overrideOf(item, context).perDay !== undefined;
    const scheduled = command === undefined && !byHand ? occurrencesOf(flow, context) : undefined;
    const answersAlways = command !== undefined && flow.answers?.share !== 'printed' && !byHand;
    const used = scheduled !== undefined ? 'perEvent' : answersAlways ? 'nothing' : 'rate';
    const traffic = trafficOf(item, used, context);
    const requirement = requirementOf(item, members, scheduled !== undefined, context);
    if (scheduled !== undefined) noteOccurrences(flow, scheduled, context);
    if (!context.isWordless) noteFlow(item, legs, context);
    if (traffic.polling !== undefined && (used !== 'rate' || isBroadcast(item))) notePolling(item, context);

    const firstFlow = this.rows.length;
    const isScheduled = scheduled !== undefined || (command?.scheduled === true && !byHand);
    const deadlineS = isScheduled ? deadlineOf(item, members, scheduled ?? [], context) : Number.NaN;
    const priority = overrideOf(item, context).priority ?? priorityOf(item.row, traffic.sizeB, requirement.budgetS);
    const adding = { item, legs, traffic, requirement, deadlineS, priority };
    let sourcesOf: CompiledAnswer['sourcesOf'] = new Map();
    if (command !== undefined) sourcesOf = this.#addAnswer(adding);
    else if (isBroadcast(item)) this.#addBroadcast(adding, scheduled);
    else this.#addDevices(adding, scheduled);
    const perDay = traffic.perDay * (isBroadcast(item) ? 1 : members);
    const compiled = {
      item,
      perDay,
      flows: Array.from({ length: this.rows.length - firstFlow }, (_, i) => firstFlow + i),
      scheduled: isScheduled,
      yearly: yearlyOf(traffic, scheduled, isScheduled ? command : undefined, perDay),
      answerS:
        command === undefined ? 0 : traffic.spreadS + (overrideOf(item, context).afterS ?? flow.answers!.afterS ?? 0),
    };
    this.#compiled.set(flow.id, compiled);
    if (command !== undefined) this.answers.push({ ...compiled, answer: flow.answers!, triggers, legs, sourcesOf });
    return undefined;
  }

  /** What every catalogue flow in play became. */
  all(): readonly Compiled[] {
    return [...this.#compiled.values()];
  }

  #addAnswer(adding: Adding): CompiledAnswer['sourcesOf'] {
    return new Map(
      adding.legs.map((leg) => {
        const trees = this.#trees.add(this.#addWays(adding, leg, -1), false, passing(adding), adding.traffic.sizeB);
        return [leg, trees.flatMap((tree, nth) => this.sources.caused(senderOf(adding, leg, tree, nth)))];
      }),
    );
  }

  #addBroadcast(adding: Adding, scheduled: readonly Occurrence[] | undefined): void {
    const { item, legs } = adding;
    const { population } = item.flow.howOften;
    const ways = legs.flatMap((leg) => this.#addWays(adding, leg, this.populations.of(population, leg)));
    this.#trees.add(ways, true, passing(adding), adding.traffic.sizeB).forEach((tree, nth) => {
      const sender = senderOf(adding, legs[0]!, tree, nth);
      if (scheduled === undefined) this.sources.broadcastAtRate(sender);
      for (const occurrence of scheduled ?? []) this.sources.broadcastInOccurrence(sender, occurrence);
    });
  }

  #addDevices(adding: Adding, scheduled: readonly Occurrence[] | undefined): void {
    const { legs, traffic } = adding;
    const senders = legs.map((leg) =>
      this.#trees
        .add(this.#addWays(adding, leg, -1), false, passing(adding), traffic.sizeB)
        .map((tree, nth) => senderOf(adding, leg, tree, nth)),
    );
    if (scheduled === undefined) for (const sender of senders.flat()) this.sources.atRate(sender);
    for (const occurrence of scheduled ?? []) {
      const parts = takingPart(legs, occurrence.share, traffic.perEvent ?? 0);
      senders.forEach((own, i) => {
        for (const sender of own) this.sources.inOccurrence(sender, occurrence, parts[i]!);
      });
    }
  }

  /** A row of the flow table for each way of a leg. */
  #addWays({ item, traffic, requirement, deadlineS, priority }: Adding, leg: Leg, listeners: number): Way[] {
    const option = [leg.option, leg.backhaul].filter((part) => part !== '').join(', ');
    return leg.ways.map((way) => {
      this.rows.push({
        item,
        name: `${item.flow.id}: ${way.from} > ${way.to}${option === '' ? '' : ` (${option})`}`,
        leg,
        way,
        priority,
        sizeB: traffic.sizeB,
        requirement,
        deadlineS,
      });
      return { hops: way.route.hops, flow: this.rows.length - 1, listeners };
    });
  }
}

/** Messages per member and year; what answers a scheduled command is as frequent to it as in the long run. */
function yearlyOf(
  { perDay, perEvent }: Traffic,
  scheduled: readonly Occurrence[] | undefined,
  command: Compiled | undefined,
  ofAllPerDay: number,
): number {
  if (scheduled !== undefined) return (perEvent ?? 0) * scheduled.reduce((sum, { share }) => sum + share, 0);
  if (command === undefined) return perDay * 365;
  return command.perDay > 0 ? (command.yearly * ofAllPerDay) / command.perDay : 0;
}

function passing({ item, requirement }: Adding): Passing {
  return { type: item.row.type, budgetS: requirement.budgetS };
}

function senderOf({ item, traffic, priority }: Adding, leg: Leg, tree: Tree, nthTree: number): Sender {
  const name = senderName(item.flow, leg, nthTree);
  const { population } = item.flow.howOften;
  return { name, leg, tree, traffic, population, priority };
}

/** Broadcasts and multicasts go out once; answers are sent by one device each. */
export function isBroadcast({ flow }: RowFlow): boolean {
  return flow.cast !== 'unicast' && flow.answers === undefined;
}

/** Why a population counts nobody. */
export function noMembers({ howOften }: CatalogueFlow, context: CompileContext): Absence {
  const { scenario, profile, population } = context;
  if (context.isWordless) return { by: 'profile', reason: '' };
  const { name, count } = population(howOften.population);
  const elsewhere = Math.round(countOf(count, scenario.deployment)) > 0;
  return elsewhere
    ? { by: 'profile', reason: `profile ${profile.code} has no place for ${name}` }
    : { by: 'deployment', reason: `the deployment has no ${name}` };
}

/** Keys the random streams: it must not change when something else is added to a scenario. */
function senderName(flow: CatalogueFlow, leg: Leg, nthTree: number): string {
  const option = [leg.devices, leg.option, leg.backhaul].filter((part) => part !== '').join(' ');
  return `${flow.id} | ${option}${nthTree === 0 ? '' : ` | ${nthTree}`}`;
}
