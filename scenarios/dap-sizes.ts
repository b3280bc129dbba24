import seedrandom from 'seedrandom';
import type { KeyPath } from '../base/yaml.js';
import { apportion } from './compile/spread.js';
import type { ScenarioReader } from './reader.js';

const PATH: KeyPath = ['deployment', 'dapSizes'];
/** Meters of one DAP. */
const MOST_METERS = 1e8;

/** Meters of DAPs that differ by chance. */
export interface SizeDistribution {
  readonly shape: 'lognormal' | 'uniform';
  readonly mean: number;
  /** Share of the mean: standard deviation (lognormal), half-width (uniform). */
  readonly spread: number;
  readonly least: number;
  readonly most: number;
}

/** Numbers of meters of each DAP; `8 x 1000` stands for eight of them. @returns undefined when one is wrong */
export function readDapSizes(reader: ScenarioReader, mostDaps: number): number[] | undefined {
  const sizes: number[] = [];
  let good = true;
  reader.items(PATH).forEach((item, i) => {
    const parts = /^(?:(\d{1,9})\s*x\s*)?(\d{1,9})$/.exec(String(item).trim());
    const times = Number(parts?.[1] ?? 1);
    if (parts === null || sizes.length + times > mostDaps || Number(parts[2]) > MOST_METERS) {
      good = false;
      reader.report([...PATH, i], {
        code: parts === null ? 'SYNTAX' : 'OUT_OF_RANGE',
        message: parts === null ? 'this is not the size of a DAP' : 'these are too many',
        found: String(item),
        allowed: `a whole number of meters, or 8 x 1000; at most ${mostDaps} DAPs`,
      });
      return;
    }
    for (let n = 0; n < times; n++) sizes.push(Number(parts[2]));
  });
  return good ? sizes : undefined;
}

/** `dapSizes: {distribution: lognormal, mean: 1000, spread: 50%, least: 200, most: 5000}`; undefined: a list, or none. */
export function readSizeDistribution(reader: ScenarioReader): SizeDistribution | undefined {
  const shape = reader.oneOf([...PATH, 'distribution'], ['lognormal', 'uniform'] as const);
  if (shape === undefined || reader.number([...PATH, 'mean']) === undefined) return undefined;
  const meters = (key: 'mean' | 'least' | 'most') =>
    reader.has([...PATH, key])
      ? reader.try([...PATH, key], () => whole(reader, [...PATH, key]))
      : reader.defaultNumber(`deployment.dapSizes.${key}`);
  const [mean, least, most] = [meters('mean'), meters('least'), meters('most')];
  const spread = reader.has([...PATH, 'spread'])
    ? reader.quantity([...PATH, 'spread'], 'share')
    : reader.defaultNumber('deployment.dapSizes.spread');
  if (mean === undefined || least === undefined || most === undefined || spread === undefined) return undefined;
  if (least <= mean && mean <= most) return { shape, mean, spread, least, most };
  reader.report([...PATH, 'mean'], {
    code: 'CONFLICT',
    message: 'the mean is not between the least and the most',
    found: String(mean),
    allowed: `from ${least} to ${most} meters`,
  });
  return undefined;
}

function whole(reader: ScenarioReader, path: KeyPath): number | undefined {
  const value = reader.quantity(path, 'number', { positive: true, most: MOST_METERS });
  return value === undefined ? undefined : Math.max(1, Math.round(value));
}

/**
 * Sizes of `daps` DAPs, largest first, that add up to `meters`: drawn, multiplied by one number so that they fit
 * together while each stays within the least and the most, and rounded by largest remainder. The same key gives the same
 * sizes (`Math.log`, `exp` and `cos` as this build of Node has them). O(daps log daps).
 * @returns undefined when so many DAPs cannot hold so many meters within the bounds
 */
export function drawDapSizes(
  meters: number,
  daps: number,
  { shape, spread, least, most }: SizeDistribution,
  key: string,
): number[] | undefined {
  if (daps * least > meters || daps * most < meters) return undefined;
  const uniform = seedrandom.alea(key);
  const variance = Math.log(1 + spread * spread);
  /** Relative to the mean; a lognormal by the method of Box and Muller (1958). */
  const draw = () => {
    if (shape === 'uniform') return Math.max(0, 1 + spread * (2 * uniform() - 1));
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.exp(Math.sqrt(variance) * normal - variance / 2);
  };
  const relative = Array.from({ length: daps }, draw).sort((a, b) => b - a);
  const sizesAt = (scale: number) => relative.map((size) => Math.min(most, Math.max(least, size * scale)));
  const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);
  let [low, high] = [0, 1];
  while (sum(sizesAt(high)) < meters && high < Number.MAX_VALUE / 2) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (sum(sizesAt(middle)) < meters) low = middle;
    else high = middle;
  }
  return apportion(meters, sizesAt(high));
}
