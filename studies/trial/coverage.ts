/** How many endpoints a gateway reaches: density times area. */
import { InputError } from '../../base/diagnostics.js';
import { nearestTo } from '../../base/nearest.js';
import type { Deployment } from '../../scenarios/types.js';
import type { Technology } from '../../topologies/technology-types.js';

export type Surroundings = 'urban' | 'suburban' | 'rural';
export const SURROUNDINGS: readonly Surroundings[] = ['urban', 'suburban', 'rural'];

export interface Density {
  readonly name: Surroundings;
  /** Premises (electric meters) per square kilometre. */
  readonly premisesPerKm2: number;
  readonly source: string;
}

const CENSUS = 'US Census Bureau, 2020 urban area criteria (Federal Register 87 FR 16706), cited from knowledge of it';

/** Per square mile of 2.59 km2 in the source. */
const DENSITIES: Readonly<Record<Surroundings, Omit<Density, 'name'>>> = {
  urban: { premisesPerKm2: 492, source: `1,275 housing units per square mile make a high-density nucleus (${CENSUS})` },
  suburban: { premisesPerKm2: 164, source: `425 housing units per square mile make an urban core (${CENSUS})` },
  rural: {
    premisesPerKm2: 10,
    source: `assumption: a house every ten hectares; up to 77 (200 per square mile) a place does not count as urban (${CENSUS})`,
  },
};

/**
 * The densities of urban, suburban and rural places, each replaced where the user says so: `urban=1200`.
 * @throws InputError for another name, or a number that is none
 */
export function readDensities(texts: readonly string[], option = '--density'): Density[] {
  const own = new Map<string, number>();
  for (const text of texts) {
    const [name = '', value = ''] = text.split('=', 2).map((part) => part.trim());
    const origin = `${option} ${text}`;
    if (!(SURROUNDINGS as readonly string[]).includes(name)) {
      throw new InputError([
        {
          code: 'UNKNOWN_NAME',
          file: origin,
          path: '',
          message: `${name === '' ? 'an empty name' : name} is no kind of place`,
          found: text,
          allowed: `${SURROUNDINGS.join(', ')}, each with premises per square kilometre: urban=1200`,
          ...nearestTo(name, SURROUNDINGS),
        },
      ]);
    }
    const number = Number(value);
    if (!(number > 0 && number <= 1e5)) {
      throw new InputError([
        {
          code: 'OUT_OF_RANGE',
          file: origin,
          path: '',
          message: 'a density is a number of premises per square kilometre',
          found: value === '' ? '(nothing)' : value,
          allowed: 'above 0, up to 100000',
        },
      ]);
    }
    own.set(name, number);
  }
  return SURROUNDINGS.map((name) => {
    const given = own.get(name);
    return given === undefined ? { name, ...DENSITIES[name] } : { name, premisesPerKm2: given, source: 'given' };
  });
}

export interface Coverage {
  readonly density: Density;
  readonly reachM: number;
  /** Radius of a gateway's area: of a mesh several hops. */
  readonly radiusM: number;
  readonly endpoints: number;
}

/**
 * Endpoints within the reach of one gateway. Of a mesh the area is as many hops wide as fits its typical number: in a
 * disc of h rings of equal width and even density the mean is about 2h/3 hops, so that h = 1.5 x typical, at most the
 * largest number of hops.
 * @param endpointsPerPremise meters of all kinds for each electric one
 */
export function coverageOf(technology: Technology, density: Density, endpointsPerPremise: number): Coverage {
  const { reach, access } = technology;
  const reachM = { urban: reach.urbanM, suburban: reach.suburbanM, rural: reach.ruralM }[density.name];
  const hops = access.kind === 'mesh' ? Math.min(access.mostHops, 1.5 * access.typicalHops) : 1;
  const radiusM = reachM * hops;
  const km2 = (Math.PI * radiusM * radiusM) / 1e6;
  return { density, reachM, radiusM, endpoints: Math.floor(km2 * density.premisesPerKm2 * endpointsPerPremise) };
}

/** Meters of all kinds. */
export function metersOf({ meters }: Pick<Deployment, 'meters'>): number {
  return Object.values(meters).reduce((sum, { total }) => sum + total, 0);
}

/** Meters of all kinds for each electric one; 1 where there are none. */
export function endpointsPerPremise({ meters }: Pick<Deployment, 'meters'>): number {
  return meters.electric.total > 0 ? metersOf({ meters }) / meters.electric.total : 1;
}
