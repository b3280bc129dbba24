/** What a figure measures, the units it may be written in, and the SI unit it is kept in. */

export type Dimension =
  | 'rate'
  | 'time'
  | 'timePerLength'
  | 'size'
  | 'bits'
  | 'length'
  | 'share'
  | 'count'
  | 'money'
  | 'moneyPerYear';

interface DimensionFacts {
  /** Ends the name of a loaded field, e.g. `phyBps`; a written key goes without. */
  readonly suffix: string;
  /** Units as written, and what one of them is in the SI unit. */
  readonly units: Readonly<Record<string, number>>;
  /** Largest value, in the SI unit; none where absent. */
  readonly most?: number;
}

export const DIMENSIONS: Readonly<Record<Dimension, DimensionFacts>> = {
  rate: { suffix: 'Bps', units: { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9 } },
  time: { suffix: 'S', units: { s: 1, ms: 1e-3, us: 1e-6, min: 60, h: 3600 } },
  timePerLength: { suffix: 'SPerM', units: { 'us/km': 1e-9 } },
  size: { suffix: 'B', units: { B: 1 } },
  bits: { suffix: 'Bits', units: { bit: 1 } },
  length: { suffix: 'M', units: { m: 1, km: 1e3 } },
  share: { suffix: '', units: { '%': 1e-2 }, most: 1 },
  count: { suffix: '', units: { count: 1 } },
  money: { suffix: 'Usd', units: { USD: 1 } },
  moneyPerYear: { suffix: 'UsdPerYear', units: { 'USD/year': 1, 'USD/month': 12 } },
};

/** The dimension that a field's name tells, e.g. `rate` for `phyBps`; without a suffix it is a count or a share. */
export type DimensionOf<Name extends string> = Name extends `${string}UsdPerYear`
  ? 'moneyPerYear'
  : Name extends `${string}Usd`
    ? 'money'
    : Name extends `${string}SPerM`
      ? 'timePerLength'
      : Name extends `${string}Bps`
        ? 'rate'
        : Name extends `${string}Bits`
          ? 'bits'
          : Name extends `${string}S`
            ? 'time'
            : Name extends `${string}B`
              ? 'size'
              : Name extends `${string}M`
                ? 'length'
                : 'count' | 'share';

/** The value in the dimension's SI unit; products such as 9 * 0.001 carry no noise in the 16th digit. */
export function toSi(value: number, unit: string, dimension: Dimension): number {
  const factor = DIMENSIONS[dimension].units[unit];
  if (factor === undefined) throw new Error(`toSi: ${unit} is no unit of ${dimension}`);
  return Number((value * factor).toPrecision(15));
}
