/** From values of replications to a verdict per row: Student's t, Welch where both sides are simulated, Holm over all rows. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { holm } from '../prove/significance.js';
import type { Case, Row } from './case.js';

/** Probability that any row of a right program is red. */
export const FAMILY_ERROR = 0.01;
/** A 95% interval may be so wide, relative to the value. */
export const PRECISION = 0.01;

export interface Judged {
  readonly of: Case;
  readonly row: Row;
  /** Exact or published, or the independent program's mean; NaN: none. */
  readonly expected: number;
  readonly simulated: number;
  /** Of the 95% interval; 0 where nothing is left to chance. */
  readonly halfWidth: number;
  /** Two-sided, of the row alone; NaN where there is no test. */
  readonly p: number;
  /** After Holm. */
  readonly adjustedP: number;
  readonly precise: boolean;
  readonly ok: boolean;
  readonly replications: number;
}

interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly degrees: number;
}

/** Values of one case: [replication][row]. */
export interface Values {
  readonly simulated: readonly (readonly number[])[];
  readonly reference: readonly (readonly number[])[];
}

/**
 * Verdicts over all rows of all cases. A row is red when its adjusted p-value is below the family's error, when a value
 * that must be exact is not, when a value is no number, or when its half width is above the precision.
 * @param demandPrecision false for quick looks
 */
export function judge(cases: readonly (readonly [Case, Values])[], demandPrecision: boolean): Judged[] {
  const rows = cases.flatMap(([of, values]) => of.rows.map((row, r) => judgeRow(of, row, r, values)));
  const tested = rows.filter((row) => !Number.isNaN(row.p));
  const adjusted = holm(tested.map((row) => row.p));
  for (const [i, row] of tested.entries()) {
    row.adjustedP = adjusted[i]!;
    row.ok &&= row.adjustedP >= FAMILY_ERROR && (row.precise || !demandPrecision);
  }
  return rows;
}

/** Largest ratio of a row's half width to what it may be: replications must grow by its square. 0 for exact rows. */
export function widest(of: Case, values: Values): number {
  if (of.replications === 1) return 0;
  return Math.max(
    0,
    ...of.rows.map((row, r) => {
      if ('shown' in row.claim || 'equals' in row.claim) return 0;
      const { mean, standardError, degrees } = estimate(values.simulated.map((row) => row[r]!));
      return halfWidthOf(standardError, degrees) / (PRECISION * Math.abs(mean));
    }),
  );
}

type Draft = { -readonly [K in keyof Judged]: Judged[K] };

function judgeRow(of: Case, row: Row, r: number, values: Values): Draft {
  const column = values.simulated.map((replication) => replication[r]!);
  const own = estimate(column);
  const { claim } = row;
  const draft: Draft = {
    of,
    row,
    expected: Number.NaN,
    simulated: own.mean,
    halfWidth: column.length > 1 ? halfWidthOf(own.standardError, own.degrees) : 0,
    p: Number.NaN,
    adjustedP: Number.NaN,
    precise: true,
    ok: Number.isFinite(own.mean),
    replications: column.length,
  };
  if ('shown' in claim) return { ...draft, expected: claim.shown };
  if ('equals' in claim) {
    const ok = column.every((value) => Math.abs(value - claim.equals) <= claim.within);
    return { ...draft, expected: claim.equals, ok };
  }
  draft.precise = !(draft.halfWidth > 0) || draft.halfWidth <= PRECISION * Math.abs(own.mean) * (1 + 1e-9);
  if ('independent' in claim) {
    const other = estimate(values.reference.map((replication) => replication[r]!));
    return { ...draft, expected: other.mean, ok: draft.ok && Number.isFinite(other.mean), p: welchP(own, other) };
  }
  const [from, to] = 'from' in claim ? [claim.from, claim.to] : [claim.exact, claim.exact];
  const beyond = Math.max(from - own.mean, own.mean - to, 0);
  return { ...draft, expected: claim.exact, p: twoSidedP(beyond, own.standardError, own.degrees) };
}

function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0, degrees: Math.max(1, n - 1) };
}

function halfWidthOf(standardError: number, degrees: number): number {
  return standardError === 0 ? 0 : tQuantile(0.975, degrees) * standardError;
}

/** Welch's test of equal means, with his degrees of freedom (Biometrika 34 (1947) 28-35). */
function welchP(a: Estimate, b: Estimate): number {
  const [va, vb] = [a.standardError ** 2, b.standardError ** 2];
  const degrees = (va + vb) ** 2 / (va ** 2 / a.degrees + vb ** 2 / b.degrees);
  return twoSidedP(Math.abs(a.mean - b.mean), Math.sqrt(va + vb), degrees);
}

/** Probability that Student's t is further from 0 than `distance` standard errors. */
export function twoSidedP(distance: number, standardError: number, degrees: number): number {
  if (Number.isNaN(distance) || Number.isNaN(standardError)) return 0;
  if (distance === 0) return 1;
  if (standardError === 0) return 0;
  const t = distance / standardError;
  // The quantile is exact and falls with p: the p-value by halving, on a logarithmic scale, to 1e-30.
  let [low, high] = [Math.log(1e-30), Math.log(0.5)];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (-tQuantile(Math.exp(middle), degrees) > t) low = middle;
    else high = middle;
  }
  return 2 * Math.exp(low);
}
