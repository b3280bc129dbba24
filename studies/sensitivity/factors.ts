/** What may be otherwise: ranges that the source prints, values that it leaves open, and keys with bounds of the user's. */
import { InputError } from '../../base/diagnostics.js';
import type { KeyPath } from '../../base/yaml.js';
import type { Catalogue } from '../../payloads/types.js';
import { readKeyPath } from '../../scenarios/key-path.js';
import type { ScenarioContext } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import type { VariantSetting } from '../variants/variants.js';

export interface Factor {
  readonly name: string;
  readonly kind: 'range' | 'missing' | 'key';
  /** What is known about its bounds; for the assumptions. */
  readonly bounds: string;
  readonly least: VariantSetting;
  readonly most: VariantSetting;
  /** The setting at a share of its range, 0..1. */
  readonly at: (share: number) => VariantSetting;
}

/** A value that the source leaves open is taken from half of its default to its double. */
export const MISSING_SPREAD = 2;
const NUMBER = String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`;
const BOUNDS = new RegExp(String.raw`^\s*(${NUMBER})\s*([^\d\s.][^.]*?)?\s*\.\.\s*(${NUMBER})\s*(\S.*?)?\s*$`);

/**
 * Factors of a plan: its payloads with printed ranges, the missing values that entered it, and the keys of `--range`,
 * whose bounds win over those of a missing value.
 * @throws InputError for a range that is none
 */
export function factorsOf(
  scenario: Scenario,
  plan: Plan,
  catalogue: Catalogue,
  context: ScenarioContext,
  ranges: readonly string[],
): Factor[] {
  const own = ranges.map((text) => keyFactor(text, context));
  const taken = new Set(own.map(({ least }) => least.path.join(' ')));
  const derived = [...rangeFactors(plan, catalogue), ...missingFactors(scenario, plan)];
  return [...derived.filter(({ least }) => !taken.has(least.path.join(' '))), ...own];
}

/** Payloads that the plan has and for which the source prints a range of anything. */
function rangeFactors(plan: Plan, catalogue: Catalogue): Factor[] {
  const inPlan = new Set(plan.flows.catalogueFlow);
  const names = new Map<string, Set<string>>();
  for (const row of catalogue.rows) {
    for (const flow of row.flows) {
      if (!inPlan.has(flow.id)) continue;
      for (const what of ['howOften', 'size', 'latency', 'reliability'] as const) {
        if (hasRange(flow[what])) names.set(row.payload, (names.get(row.payload) ?? new Set()).add(WORDS[what]));
      }
    }
  }
  return [...names].map(([payload, whats]): Factor => {
    const path = ['payloads', payload, 'range'];
    const ends = (text: string): VariantSetting => setting(`${payload}.range`, text, text, path, 'sensitivity');
    return {
      name: payload,
      kind: 'range',
      bounds: `the printed range of its ${[...whats].join(', ')}: least, mid or most demanding`,
      least: ends('least'),
      most: ends('most'),
      at: (share) => ends(share < 1 / 3 ? 'least' : share < 2 / 3 ? 'mid' : 'most'),
    };
  });
}

const WORDS = { howOften: 'how often', size: 'size', latency: 'latency', reliability: 'reliability' } as const;

/** Whether {least, most} with two different numbers stands anywhere within. */
function hasRange(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { least, most } = value as { least?: unknown; most?: unknown };
  if (typeof least === 'number' && typeof most === 'number' && least !== most) return true;
  return Object.values(value).some(hasRange);
}

function missingFactors(scenario: Scenario, plan: Plan): Factor[] {
  return plan.assumptions.flatMap(({ kind, key, unit }): Factor[] => {
    const name = key.slice('missing.'.length);
    const value = scenario.missing[name];
    if (kind !== 'missing' || value === undefined || value === 0) return [];
    const path = ['missing', name];
    const end = (number: number): VariantSetting => {
      const rounded = Number(number.toPrecision(6));
      return setting(key, `${rounded} ${unit}`.trim(), rounded, path, 'sensitivity');
    };
    return [
      {
        name: key,
        kind: 'missing',
        bounds: `the source states none: half to double of the value of the run, ${value} ${unit}`.trim(),
        least: end(value / MISSING_SPREAD),
        most: end(value * MISSING_SPREAD),
        at: (share) => end(value * MISSING_SPREAD ** (2 * share - 1)),
      },
    ];
  });
}

/** `NAN.rate=20..100 kbit/s`, `missing.bulkFileMB=1..10` */
function keyFactor(text: string, context: ScenarioContext): Factor {
  const origin = `--range ${/\s/.test(text) ? `'${text}'` : text}`;
  const at = text.indexOf('=');
  const bounds = at > 0 ? BOUNDS.exec(text.slice(at + 1)) : null;
  const [, least, leastUnit, most, mostUnit] = bounds ?? [];
  if (bounds === null || (leastUnit !== undefined && mostUnit !== undefined && leastUnit !== mostUnit)) {
    throw new InputError([
      {
        code: 'SYNTAX',
        file: origin,
        path: '',
        message: 'a key with the least and the most of its values is expected',
        found: text,
        allowed: "KEY=LEAST..MOST: 'NAN.rate=20..100 kbit/s', missing.bulkFileMB=1..10",
      },
    ]);
  }
  const [from, to] = [Number(least), Number(most)];
  if (!(from < to)) {
    throw new InputError([
      {
        code: 'OUT_OF_RANGE',
        file: origin,
        path: '',
        message: 'the least is not below the most',
        found: text,
        allowed: 'LEAST..MOST',
      },
    ]);
  }
  const key = text.slice(0, at).trim();
  const path = readKeyPath(key, context, origin);
  const unit = mostUnit ?? leastUnit;
  const end = (number: number): VariantSetting => {
    const rounded = Number(number.toPrecision(9));
    return setting(
      key,
      unit === undefined ? String(rounded) : `${rounded} ${unit}`,
      unit === undefined ? rounded : `${rounded} ${unit}`,
      path,
      origin,
    );
  };
  return {
    name: key,
    kind: 'key',
    bounds: `as given: ${text.slice(at + 1).trim()}`,
    least: end(from),
    most: end(to),
    at: (share) => end(from + share * (to - from)),
  };
}

function setting(key: string, text: string, value: unknown, path: KeyPath, origin: string): VariantSetting {
  return { key, text, value, path, origin };
}
