/** A forecast of a sizing study: of a file of its own or of the scenario, and the settings of each year. */
import { type KeyPath, PositionedYaml, readInput } from '../../base/yaml.js';
import { GROWTH, type Growth, readForecast } from '../../scenarios/growth.js';
import type { ScenarioContext, ScenarioText } from '../../scenarios/load.js';
import { ScenarioReader } from '../../scenarios/reader.js';
import type { Scenario } from '../../scenarios/types.js';
import type { VariantSetting } from '../variants/variants.js';

export type { Growth };

/** Gateways do not grow by themselves, though their defaults follow the meters. */
const GATEWAYS: readonly KeyPath[] = [
  ['deployment', 'daps'],
  ['deployment', 'substations'],
  ['deployment', 'fanGateways', 'substation'],
  ['deployment', 'fanGateways', 'field'],
];

/**
 * The forecast of its own file, or the key `growth` of the scenario's.
 * @returns undefined when the scenario has none
 * @throws InputError with every problem; AccessError
 */
export function readGrowth(
  file: string | undefined,
  source: ScenarioText,
  scenario: Scenario,
  context: ScenarioContext,
): Growth | undefined {
  const yaml =
    file === undefined ? new PositionedYaml(source.file, source.text) : new PositionedYaml(file, readInput(file));
  const reader = new ScenarioReader(yaml);
  if (!reader.has([GROWTH])) {
    if (file === undefined) return undefined;
    reader.report([], {
      code: 'MISSING_KEY',
      message: 'the file has no forecast',
      allowed: 'growth: { deployment.meters: 3% }',
    });
    yaml.throwIfBad();
  }
  const own = file === undefined ? yaml.value : new PositionedYaml(source.file, source.text).value;
  const growth = readForecast(reader, own, scenario, context);
  yaml.throwIfBad();
  return growth;
}

/**
 * Settings of a year: what the forecast says, with as many gateways as in the first year.
 * @param meters meters of the year, where the scenario lists the sizes of its DAPs: they grow in proportion
 */
export function settingsIn(
  year: number,
  { trends, from }: Growth,
  { deployment }: Scenario,
  meters?: number,
): VariantSetting[] {
  const origin = `growth in ${year}`;
  const own = trends.map(({ key, path, valueIn }) => {
    const value = valueIn(year);
    return { key, path, value, text: JSON.stringify(value), origin };
  });
  const named = new Set(trends.map(({ path }) => path.join('.')));
  const sizes = meters === undefined || year === from ? deployment.dapSizes : scaled(deployment.dapSizes, meters);
  const gateways = GATEWAYS.flatMap((path): VariantSetting[] => {
    if (named.has(path.join('.')) || named.has('deployment.metersPerDap')) return [];
    const value = path
      .slice(1)
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], deployment) as number;
    if (value === 0) return [];
    if (path[1] === 'daps' && sizes.length > 0 && meters !== undefined) {
      return [
        { key: 'dapSizes', path: ['deployment', 'dapSizes'], value: [...sizes], text: `${sizes.length} sizes`, origin },
      ];
    }
    return [{ key: path.slice(1).join('.'), path, value, text: String(value), origin }];
  });
  return [...own, ...gateways];
}

/** Sizes in proportion that add up to a total (largest remainders). */
function scaled(sizes: readonly number[], total: number): number[] {
  const before = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * total) / before);
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((sum, size) => sum + size, 0);
  const order = exact.map((size, i) => [size - whole[i]!, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of order) if (left-- > 0) whole[i]!++;
  return whole;
}
