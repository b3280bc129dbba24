/**
 * Variants: scenarios that differ from one text in some settings. A setting is a key path of the scenario and a value;
 * it goes through the ordinary loader, so that every unit, name and bound is checked as in a file.
 */
import { InputError } from '../../base/diagnostics.js';
import { readKeyPath } from '../../scenarios/key-path.js';
import { loadScenario, type ScenarioContext, type ScenarioText } from '../../scenarios/load.js';
import type { Setting } from '../../scenarios/settings.js';
import type { Scenario } from '../../scenarios/types.js';
import { readValue, readValues } from './values.js';

/** A setting with the words of the user for tables and names. */
export interface VariantSetting extends Setting {
  /** The key as typed: NAN.rate. */
  readonly key: string;
  /** The value as typed: 50 kbit/s. */
  readonly text: string;
  /** What names say instead of `key=text`: the code of a profile needs no key. */
  readonly label?: string;
}

/** A key with the values that it takes, one after the other. */
export interface Variation {
  readonly key: string;
  readonly values: readonly VariantSetting[];
}

export interface Variant {
  /** Unique among the variants of a study: `NAN.rate=50 kbit/s, load=highload`; the scenario's name without settings. */
  readonly name: string;
  readonly source: ScenarioText;
  readonly settings: readonly VariantSetting[];
}

const MOST_VARIANTS = 100_000;

/** `NAN.rate=50 kbit/s`. @param option for messages, e.g. --set. @throws InputError */
export function readSetting(text: string, context: ScenarioContext, option: string): VariantSetting {
  const { key, value } = splitSetting(text, option);
  const origin = `${option} ${quoted(text)}`;
  return { key, ...readValue(value, origin), path: readKeyPath(key, context, origin), origin };
}

/** `NAN.rate=20,50,100 kbit/s` or `deployment.meters=1000..10000:1000`. @throws InputError */
export function readVariation(text: string, context: ScenarioContext, option: string): Variation {
  const { key, value } = splitSetting(text, option);
  const origin = `${option} ${quoted(text)}`;
  const path = readKeyPath(key, context, origin);
  return {
    key,
    values: readValues(value, origin).map((typed) => ({
      key,
      path,
      ...typed,
      origin: `${option} ${quoted(`${key}=${typed.text}`)}`,
    })),
  };
}

/** A variation by names that the caller has: profiles, technologies, load cases. */
export function variationOf(
  key: string,
  values: readonly string[],
  context: ScenarioContext,
  option: string,
): Variation {
  const path = readKeyPath(key, context, option);
  return {
    key,
    values: values.map((text) => ({ key, text, value: text, path, origin: `${option} ${text}`, label: text })),
  };
}

/**
 * All combinations of the variations, the last one changing fastest; without variations the source itself.
 * @throws InputError when a key is varied twice, or the combinations are more than 100,000
 */
export function gridOf(source: ScenarioText, name: string, variations: readonly Variation[]): Variant[] {
  const count = variations.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_VARIANTS) {
    const found = variations.map(({ key, values }) => `${values.length} of ${key}`).join(' x ');
    throw conflict(variations[0]!, `these are ${count} variants`, found, `at most ${MOST_VARIANTS}`);
  }
  variations.forEach(({ key, values }, i) => {
    const path = String(values[0]?.path);
    const other = variations.slice(0, i).find((one) => String(one.values[0]?.path) === path);
    if (other !== undefined) throw conflict(variations[i]!, 'the same key is varied twice', key, 'each key once');
  });
  let grid: VariantSetting[][] = [[]];
  for (const { values } of variations) grid = grid.flatMap((settings) => values.map((value) => [...settings, value]));
  return grid.map((settings) => ({ name: nameOf(settings) || name, source, settings }));
}

/** `NAN.rate=50 kbit/s, load=highload`; empty without settings. */
export function nameOf(settings: readonly Pick<VariantSetting, 'key' | 'text' | 'label'>[]): string {
  return settings.map(({ key, text, label }) => label ?? `${key}=${text}`).join(', ');
}

/**
 * The scenario of a variant.
 * @throws InputError as the loader; problems of a setting stand at the setting, others at their line of the file, with
 *   the settings that were in force
 */
export function loadVariant(variant: Variant, context: Parameters<typeof loadScenario>[1]): Scenario {
  try {
    return loadScenario(
      { ...variant.source, settings: [...(variant.source.settings ?? []), ...variant.settings] },
      context,
    );
  } catch (error) {
    if (!(error instanceof InputError) || variant.settings.length === 0) throw error;
    const origins = new Set(variant.settings.map(({ origin }) => origin));
    throw new InputError(
      error.diagnostics.map((diagnostic) =>
        origins.has(diagnostic.file)
          ? diagnostic
          : { ...diagnostic, message: `${diagnostic.message} (with ${nameOf(variant.settings)})` },
      ),
    );
  }
}

function splitSetting(text: string, option: string): { key: string; value: string } {
  const at = text.indexOf('=');
  if (at > 0) return { key: text.slice(0, at).trim(), value: text.slice(at + 1) };
  throw new InputError([
    {
      code: 'SYNTAX',
      file: `${option} ${quoted(text)}`,
      path: '',
      message: 'a key and a value are expected, with = between them',
      found: text === '' ? '(an empty text)' : text,
      allowed: "KEY=VALUE, e.g. 'NAN.rate=50 kbit/s', load=highload",
    },
  ]);
}

function quoted(text: string): string {
  return /[\s,[\]{}"]/.test(text) ? `'${text}'` : text;
}

function conflict(variation: Variation, message: string, found: string, allowed: string): InputError {
  return new InputError([
    { code: 'CONFLICT', file: variation.values[0]?.origin ?? variation.key, path: '', message, found, allowed },
  ]);
}
