/**
 * What is validated: cases, each a plan (or a function) with rows of quantities that are known from elsewhere.
 *
 *   case ──> replications (seeds 1, 2, 3, ...) ──> one value per row and replication ──> judge.ts ──> table.ts
 */
import type { Plan } from '../sim/plan.js';
import type { ReplicationStats } from '../sim/replication.js';
import { simulateReplication } from '../sim/simulate.js';

/** What a row's value must be. */
export type Claim =
  /** The expectation of the value. */
  | { readonly exact: number }
  /** An interval that holds the expectation: a law known to a bucket of the histogram, or an approximation with its error. */
  | { readonly exact: number; readonly from: number; readonly to: number }
  /** Every value, nothing being left to chance. */
  | { readonly equals: number; readonly within: number }
  /** The expectation that the case's `reference`, another program, has. */
  | { readonly independent: true }
  /** No claim: shown for comparison, with what it is not. */
  | { readonly shown: number };

export interface Row {
  readonly quantity: string;
  /** `s`, `B`; '' for shares and ratios. */
  readonly unit: string;
  readonly claim: Claim;
}

export interface Case {
  /** Unique; what `--only` looks into: `queues: M/M/1, load 0.7`. */
  readonly name: string;
  readonly subject: string;
  /** Offered load; absent where there is none. */
  readonly load?: number;
  /** Where the exact values come from: a formula and its book, a printed table, an independent program. */
  readonly source: string;
  readonly rows: readonly Row[];
  /** Replications before the half widths are looked at; more follow where those are too wide. 1: nothing is left to chance. */
  readonly replications: number;
  /** A replication takes minutes: it goes first, so that no core idles at the end. */
  readonly isLong?: boolean;
  /** Value of every row in one replication, in their order. A case without statistics is run once, with replication 1. */
  readonly simulate: (replication: number) => readonly number[];
  /** The same by another program; as many replications. Rows with another claim may be NaN. */
  readonly reference?: ((replication: number) => readonly number[]) | undefined;
}

export interface MeasuredRow extends Row {
  readonly measure: (stats: ReplicationStats, plan: Plan) => number;
}

export interface PlanCase {
  readonly group: string;
  readonly subject: string;
  readonly load?: number;
  readonly source: string;
  readonly replications: number;
  readonly plan: () => Plan;
  readonly rows: readonly MeasuredRow[];
  readonly reference?: (replication: number) => readonly number[];
}

/** A case whose values are read from the statistics of a plan's replications. */
export function planCase({ group, plan, rows, ...rest }: PlanCase): Case {
  let built: Plan | undefined;
  return {
    ...rest,
    name: nameOf(group, rest.subject, rest.load),
    rows,
    simulate: (replication) => {
      built ??= plan();
      const stats = simulateReplication(built, replication);
      return rows.map((row) => row.measure(stats, built!));
    },
  };
}

export function nameOf(group: string, subject: string, load?: number): string {
  return `${group}: ${subject}${load === undefined ? '' : `, load ${load}`}`;
}
