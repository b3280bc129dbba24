import type { Deployment } from '../types.js';
import { type AreaKind, type Areas, CENTRE, DAP, type SUBSTATION } from './areas.js';
import type { CompileContext } from './context.js';
import { fill } from './spread.js';

type FeederDevice = keyof Deployment['feeder'];

/** What the numbers depend on. */
export type NodesContext = Pick<CompileContext, 'profile' | 'deployment' | 'topology' | 'areas'>;

/** Devices on feeders in the order of their numbers; fault detectors are sensors. */
const FEEDER_ORDER: readonly (readonly [actor: string, device: FeederDevice])[] = [
  ['Feeder Circuit Breaker', 'circuitBreakers'],
  ['Feeder Recloser', 'reclosers'],
  ['Feeder Switch', 'switches'],
  ['Feeder Sectionalizer', 'sectionalizers'],
  ['Feeder Cap Bank', 'capBanks'],
  ['Feeder Regulator', 'regulators'],
  ['Feeder Sensor', 'sensors'],
  ['Distr. Cust. Storage', 'storage'],
  ['Distr. Cust. Generation', 'generation'],
];
const METER_ORDER = [
  ['2-Way Meter - Electr', 'electric'],
  ['2-Way Meter - Gas', 'gas'],
  ['2-Way Meter - Water', 'water'],
] as const;
/** Populations of commercial meters stand behind the residential ones of their kind. */
const COMMERCIAL = /C\/IMtr$/;

/**
 * Numbers of the endpoints of an area, which share its radios: electric meters (residential, then commercial), gas and
 * water meters alike, then feeder devices by kind. What is in a premise has the number of the meter there, from the
 * first premise on; everybody else begins at 0. A part of a population (prepay, enrolled) is its first members.
 */
export class Nodes {
  readonly #context: NodesContext;
  readonly #known = new Map<string, readonly number[]>();

  constructor(context: NodesContext) {
    this.#context = context;
  }

  /** Number of the first device of a population's actor in every instance of a kind of area. */
  firstOf(actor: string, population: string, kind: AreaKind): readonly number[] {
    const key = `${actor}|${COMMERCIAL.test(population)}|${kind}`;
    let first = this.#known.get(key);
    if (first === undefined) {
      first = summed(this.#before(actor, population, kind), this.#context.areas.spread(0, kind, 'feeder'));
      this.#known.set(key, first);
    }
    return first;
  }

  /** How many have a number in every instance of a kind. */
  countsIn(kind: typeof DAP | typeof SUBSTATION): readonly number[] {
    const { areas, profile, topology } = this.#context;
    const meters = kind === DAP && profile.ami !== undefined ? this.#meters() : [];
    const devicesHere = (topology.siteOf('Feeder Switch') === 'dap') === (kind === DAP);
    const devices = devicesHere ? this.#devices(FEEDER_ORDER.length, kind) : [];
    return summed([...meters, ...devices], areas.spread(0, kind, 'feeder'));
  }

  /** Spreads of those with smaller numbers. */
  #before(actor: string, population: string, kind: AreaKind): (readonly number[])[] {
    if (kind === CENTRE) return [];
    const { areas, deployment } = this.#context;
    const own = METER_ORDER.findIndex(([name]) => name === actor);
    if (own >= 0 && kind === DAP) {
      const others = this.#meters().slice(0, own);
      const { residential } = deployment.meters[METER_ORDER[own]![1]];
      return COMMERCIAL.test(population) ? [...others, areas.spread(residential, DAP, 'premise')] : others;
    }
    const place = FEEDER_ORDER.findIndex(([name]) => name === actor);
    if (place < 0) return [];
    return [...(kind === DAP ? this.#meters() : []), ...this.#devices(place, kind)];
  }

  /** Meters of each kind in every DAP's area. */
  #meters(): (readonly number[])[] {
    const { areas, deployment } = this.#context;
    return METER_ORDER.map(([, of]) => areas.spread(deployment.meters[of].total, DAP, 'premise'));
  }

  /** The first `count` kinds of devices on feeders. */
  #devices(count: number, kind: AreaKind): (readonly number[])[] {
    const { areas, deployment, topology } = this.#context;
    return FEEDER_ORDER.slice(0, count).map(([actor, device]) =>
      areas.spread(deployment.feeder[device], kind, topology.siteOf(actor)),
    );
  }
}

/** Sums instance by instance, from `none` on. */
function summed(spreads: readonly (readonly number[])[], none: readonly number[]): readonly number[] {
  const sum = none.slice();
  for (const part of spreads) for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
  return sum;
}

/** Electric meters of each DAP's area that an outage of a share of all of them concerns: area after area. */
export function metersWithoutPower(share: number, deployment: Deployment, areas: Areas): readonly number[] {
  const { total } = deployment.meters.electric;
  const concerned = share > 0 && total > 0 ? Math.max(1, Math.round(share * total)) : 0;
  return fill(concerned, areas.spread(total, DAP, 'premise'));
}
