/** Which candidate is better, and which are worth a simulation. */
import { InputError } from '../../base/diagnostics.js';
import { nearestTo } from '../../base/nearest.js';
import { MEASURES, type Measure } from '../measures/measures.js';
import { paretoFront } from '../measures/pareto.js';
import type { Computed } from './closed-form.js';

export interface Ranked extends Computed {
  /** From 1; equal ones share it. */
  readonly rank: number;
  /** By measure of `MEASURES` in closed form. */
  readonly values: ReadonlyMap<string, number>;
  readonly front: boolean;
}

export interface Ranking {
  readonly ranked: readonly Ranked[];
  /** In the order in which they decide. */
  readonly by: readonly Measure[];
  /** Of the Pareto front. */
  readonly objectives: readonly Measure[];
  /** Measures that are not known of all candidates and so decide nothing. */
  readonly unknown: readonly Measure[];
}

const OBJECTIVES = ['margin', 'utilisation', 'reliability', 'cost'];
/** Relative difference below which two values are equal: rounding. */
const SAME = 1e-9;

/**
 * A measure of the closed form, or of the simulation, by its name.
 * @param others names that are valid as well, and known to the caller
 * @throws InputError UNKNOWN_NAME
 */
export function measureNamed(
  name: string,
  option: string,
  of: 'closedForm' | 'simulated' = 'closedForm',
  others: readonly string[] = [],
): Measure {
  const own = MEASURES.filter((one) => one[of] !== undefined);
  const names = [...own.map(({ id }) => id as string), ...others];
  const found = own.find(({ id }) => id === name);
  if (found !== undefined) return found;
  throw new InputError([
    {
      code: 'UNKNOWN_NAME',
      file: option,
      path: '',
      message: 'there is no such measure',
      found: name,
      allowed: names.join(', '),
      ...nearestTo(name, names),
    },
  ]);
}

/**
 * Best first. By default fewer missed requirements decide, then lower cost, then the larger worst margin, the lower utilisation
 * and the reliability; `first` decides before all. A measure that is not known of every candidate decides nothing. The
 * Pareto front is over margin, utilisation, reliability and cost as far as they are known of all.
 */
export function rank(computed: readonly Computed[], first?: Measure): Ranking {
  const rows = computed.map((one) => ({
    ...one,
    values: new Map(
      MEASURES.flatMap(({ id, closedForm }) => (closedForm === undefined ? [] : [[id, closedForm(one.row)] as const])),
    ),
  }));
  const isKnown = ({ id }: Measure) => rows.every(({ values }) => !Number.isNaN(values.get(id) ?? NaN));
  const measure = (id: string) => MEASURES.find((one) => one.id === id)!;
  const order = ['misses', 'cost', 'margin', 'utilisation', 'reliability'].map(measure);
  const wanted = [...new Set([...(first === undefined ? [] : [first]), ...order])];
  const by = wanted.filter(isKnown);
  const objectives = OBJECTIVES.map(measure).filter(isKnown);
  const front = paretoFront(rows.map(({ values }) => objectives.map((one) => cost(one, values.get(one.id)!))));
  const compare = (a: (typeof rows)[number], b: (typeof rows)[number]) => {
    for (const one of by) {
      const [left, right] = [cost(one, a.values.get(one.id)!), cost(one, b.values.get(one.id)!)];
      if (!isSame(left, right)) return left - right;
    }
    return 0;
  };
  const order1 = rows.map((row, i) => ({ row, i })).sort((a, b) => compare(a.row, b.row) || a.i - b.i);
  let place = 0;
  const ranked = order1.map(({ row, i }, at): Ranked => {
    if (at === 0 || compare(order1[at - 1]!.row, row) !== 0) place = at + 1;
    return { ...row, rank: place, front: front.has(i) };
  });
  return { ranked, by, objectives, unknown: wanted.filter((one) => !isKnown(one)) };
}

/**
 * The best `count` candidates of which no two are equal in every measure: a simulation of equal ones tells nothing.
 * Candidates that are equal to one of them stand beside it.
 */
export function shortlistOf(
  { ranked }: Ranking,
  count: number,
): { readonly chosen: readonly Ranked[]; readonly equals: ReadonlyMap<Ranked, number> } {
  const chosen: Ranked[] = [];
  const equals = new Map<Ranked, number>();
  for (const one of ranked) {
    const twin = chosen.find((other) => isEqual(one, other));
    if (twin !== undefined) equals.set(twin, (equals.get(twin) ?? 0) + 1);
    else if (chosen.length < count) chosen.push(one);
  }
  return { chosen, equals };
}

/** In everything that the closed form tells of a network: loads of its networks included. */
function isEqual(a: Ranked, b: Ranked): boolean {
  if (a.row.networks.length !== b.row.networks.length || a.row.flowsInScope !== b.row.flowsInScope) return false;
  const own = [...a.values].every(([id, value]) => isSame(value, b.values.get(id)!) || Number.isNaN(value));
  return (
    own &&
    a.row.networks.every((network, i) => {
      const other = b.row.networks[i]!;
      return (
        network.network === other.network &&
        network.directions.length === other.directions.length &&
        network.directions.every((one, j) => isSame(one.busyHourBps, other.directions[j]!.busyHourBps))
      );
    })
  );
}

function cost({ better }: Measure, value: number): number {
  return better === 'less' ? value : -value;
}

function isSame(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}
