import type { Deployment } from '../types.js';
import { type AreaKind, type Areas, CENTRE, DAP } from './areas.js';
import type { CompileContext } from './context.js';
import { fill } from './spread.js';

type FeederDevice = keyof Deployment['feeder'];

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
  readonly #context: CompileContext;
  readonly #known = new Map<string, readonly number[]>();

  constructor(context: CompileContext) {
    this.#context = context;
  }

  /** Number of the first device of a population's actor in every instance of a kind of area. */
  firstOf(actor: string, population: string, kind: AreaKind): readonly number[] {
    const key = `${actor}|${COMMERCIAL.test(population)}|${kind}`;
    let first = this.#known.get(key);
    if (first === undefined) {
      const none = this.#context.areas.spread(0, kind, 'feeder');
      first = this.#before(actor, population, kind).reduce((sum, part) => sum.map((n, i) => n + part[i]!), none);
      this.#known.set(key, first);
    }
    return first;
  }

  /** Spreads of those with smaller numbers. */
  #before(actor: string, population: string, kind: AreaKind): (readonly number[])[] {
    if (kind === CENTRE) return [];
    const { areas, deployment, topology } = this.#context;
    const meters = METER_ORDER.map(([name, of]) => ({ name, ...deployment.meters[of] }));
    const metersAt = (count: number) => areas.spread(count, kind, 'premise');
    const own = meters.findIndex(({ name }) => name === actor);
    if (own >= 0 && kind === DAP) {
      const others = meters.slice(0, own).map(({ total }) => metersAt(total));
      return COMMERCIAL.test(population) ? [...others, metersAt(meters[own]!.residential)] : others;
    }
    const place = FEEDER_ORDER.findIndex(([name]) => name === actor);
    if (place < 0) return [];
    const devices = FEEDER_ORDER.slice(0, place).map(([name, device]) =>
      areas.spread(deployment.feeder[device], kind, topology.siteOf(name)),
    );
    return kind === DAP ? [...meters.map(({ total }) => metersAt(total)), ...devices] : devices;
  }
}

/** Electric meters of each DAP's area that an outage of a share of all of them concerns: area after area. */
export function metersWithoutPower(share: number, deployment: Deployment, areas: Areas): readonly number[] {
  const { total } = deployment.meters.electric;
  const concerned = share > 0 && total > 0 ? Math.max(1, Math.round(share * total)) : 0;
  return fill(concerned, areas.spread(total, DAP, 'premise'));
}
