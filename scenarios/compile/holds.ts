import type { PayloadType } from '../../payloads/types.js';
import type { HoldTable } from '../../sim/plan.js';
import type { RouteHop } from '../../topologies/types.js';
import type { Forwarding, Scenario } from '../types.js';
import type { Assumptions } from './assumptions.js';
import { column } from './column.js';
import type { FlowRow } from './flows.js';
import type { CarrierCut, Framings } from './framings.js';
import { type Links, wayOf } from './links.js';

/** A carrier on a pipe: its application bytes and the overhead of the hop. */
const UNFRAMED: CarrierCut = { frameAppB: 0, fullB: 0, fullS: 0, emptyB: 0, emptyS: 0 };

/** What of a payload decides whether it waits. */
export interface Passing {
  readonly type: PayloadType;
  /** Latency that its requirement allows; NaN: any. */
  readonly budgetS: number;
}

interface HoldRow {
  readonly actor: string;
  readonly link: number;
  readonly forwarding: Forwarding;
}

/**
 * Where messages stop because an actor on their way does not forward at once: a row for each link by which an actor
 * sends on, since what goes on together is cut into the frames of that link.
 */
export class Holds {
  readonly #rows: HoldRow[] = [];
  /** Actors whom something passed that could not wait. */
  readonly #urgent = new Set<string>();
  readonly #scenario: Scenario;
  readonly #links: Links;
  readonly #framings: Framings;

  constructor(scenario: Scenario, links: Links, framings: Framings) {
    this.#scenario = scenario;
    this.#links = links;
    this.#framings = framings;
  }

  /**
   * Row of the holds before hop `nth` of a route; -1: forwarded at once. What an actor sends itself never waits there,
   * and what the route leaves to nobody is not forwarded; nor does what its budget would not let wait.
   */
  before(hop: RouteHop, nth: number, { type, budgetS }: Passing): number {
    const forwarding = this.#scenario.forwarding[hop.from];
    if (nth === 0 || forwarding === undefined || !forwarding.types.includes(type)) return -1;
    if (isTooUrgent(budgetS, forwarding)) {
      this.#urgent.add(hop.from);
      return -1;
    }
    const link = this.#links.of(hop);
    const known = this.#rows.findIndex((row) => row.actor === hop.from && row.link === link);
    return known >= 0 ? known : this.#rows.push({ actor: hop.from, link, forwarding }) - 1;
  }

  /** Application bytes at which what waits goes on; `otherwise` where only time or a question ends the wait. */
  batchB(hold: number, otherwise: number): number {
    const { sizeB } = this.#rows[hold]!.forwarding;
    return Number.isFinite(sizeB) ? sizeB : otherwise;
  }

  /**
   * The table. A hold until asked ends with the deliveries of the first flow of its payload that its actor's link serves.
   * Where no such flow is in the plan nobody would ever ask, which is noted: what has neither batch nor age goes on at
   * once (its size is 0).
   */
  table(flows: readonly FlowRow[], assumptions: Assumptions): HoldTable {
    for (const actor of this.#urgent) {
      assumptions.add({
        kind: 'choice',
        key: `forwarding.${actor}`,
        value: 'urgent data go on at once',
        reason: 'what is allowed no longer than the age at which a batch goes on would be late by the wait alone',
      });
    }
    const rows = this.#rows.map((row) => ({ ...row, untilFlow: this.#askedBy(row, flows, assumptions) }));
    const carriers = rows.map(({ link }) => this.#cut(link));
    const unlimited = Number.POSITIVE_INFINITY;
    return {
      name: rows.map((row) => `${row.actor}: ${this.#links.rows[row.link]!.name}`),
      sizeB: column(Float64Array, rows, ({ forwarding, untilFlow }) =>
        untilFlow < 0 && forwarding.sizeB === unlimited && forwarding.ageS === unlimited ? 0 : forwarding.sizeB,
      ),
      ageS: column(Float64Array, rows, (row) => row.forwarding.ageS),
      untilFlow: column(Int32Array, rows, (row) => row.untilFlow),
      frameAppB: column(Float64Array, carriers, (carrier) => carrier.frameAppB),
      fullB: column(Float64Array, carriers, (carrier) => carrier.fullB),
      fullS: column(Float64Array, carriers, (carrier) => carrier.fullS),
      emptyB: column(Float64Array, carriers, (carrier) => carrier.emptyB),
      emptyS: column(Float64Array, carriers, (carrier) => carrier.emptyS),
    };
  }

  #cut(link: number): CarrierCut {
    const { settings, ...row } = this.#links.rows[link]!;
    return settings.medium === undefined ? UNFRAMED : this.#framings.carrier(settings.medium, wayOf(row));
  }

  #askedBy({ actor, forwarding }: HoldRow, flows: readonly FlowRow[], assumptions: Assumptions): number {
    const { until } = forwarding;
    if (until === undefined) return -1;
    const asks = flows.findIndex(({ item, way }) => {
      const named = item.row.payload === until || item.flow.id === until;
      return named && way.route.hops.some((hop) => hop.from === actor || hop.to === actor);
    });
    if (asks < 0) {
      assumptions.add({
        kind: 'limit',
        key: `forwarding.${actor}`,
        value: 'nobody asks',
        reason: `${until} does not pass ${actor} in this run, so that nothing is held for it`,
      });
    }
    return asks;
  }
}

/** Answers that somebody waits for are not gathered with what nobody does: their budget is shorter than the wait. */
function isTooUrgent(budgetS: number, { ageS, until }: Forwarding): boolean {
  return until === undefined && Number.isFinite(ageS) && budgetS <= ageS;
}
