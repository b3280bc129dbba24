/** What is compared: scenarios, and variants of them by profile, technology, load case or any key. */
import { InputError } from '../../base/diagnostics.js';
import { nearestName } from '../../base/nearest.js';
import { contextOf, loadScenario } from '../../pipeline.js';
import { readScenarioText, type ScenarioContext, type ScenarioText } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import { allProfiles, NO_PROFILE } from '../../topologies/index.js';
import { technologyLibrary } from '../../topologies/technologies.js';
import {
  gridOf,
  loadVariant,
  nameOf,
  readSetting,
  readVariation,
  type Variant,
  type Variation,
  variationOf,
} from '../variants/variants.js';

/** As the command line has them. */
export interface CandidateWords {
  readonly scenarios: readonly string[];
  /** all, all-ami, all-da, printed, or codes with commas. */
  readonly profiles?: string | undefined;
  /** all, or names with commas; on the links of `network`. */
  readonly technologies?: string | undefined;
  readonly network?: string | undefined;
  readonly loads?: string | undefined;
  readonly vary?: readonly string[] | undefined;
  /** For all candidates alike. */
  readonly set?: readonly string[] | undefined;
}

export interface Candidate {
  readonly name: string;
  readonly variant: Variant;
  /** @throws InputError */
  readonly load: () => Scenario;
}

export interface Candidates {
  readonly all: readonly Candidate[];
  readonly bases: readonly {
    readonly scenario: Scenario;
    readonly source: ScenarioText;
    readonly context: ScenarioContext;
  }[];
  readonly variations: readonly Variation[];
  /** A list that was asked for by `all` may hold what does not fit the scenario; named ones must. */
  readonly mayLeaveOut: boolean;
}

/**
 * Every scenario with every combination of the variations. The scenarios are loaded as they are, so that their own
 * problems are told with their lines; variants are loaded when their turn comes.
 * @throws InputError
 */
export function readCandidates(words: CandidateWords): Candidates {
  const bases = words.scenarios.map((file) => {
    const text = readScenarioText(file);
    const context = contextOf(loadScenario(text).catalogues);
    const settings = (words.set ?? []).map((setting) => readSetting(setting, context, '--set'));
    const source = { ...text, settings };
    return { source, context, scenario: loadVariant({ name: '', source: text, settings }, context) };
  });
  const [first] = bases;
  if (first === undefined) throw new Error('readCandidates: no scenario');
  const variations = variationsOf(words, first.context);
  const several = bases.length > 1;
  const names = distinctNames(bases.map(({ scenario }) => scenario));
  const all = bases.flatMap(({ source, context }, i) =>
    gridOf(source, names[i]!, variations).map((variant): Candidate => {
      const own = nameOf(variant.settings);
      const name = own === '' ? names[i]! : several ? `${names[i]!}: ${own}` : own;
      return { name, variant, load: () => loadVariant(variant, context) };
    }),
  );
  const mayLeaveOut = [words.profiles, words.technologies].some((list) => list?.startsWith('all'));
  return { all, bases, variations, mayLeaveOut };
}

function variationsOf(words: CandidateWords, context: ScenarioContext): Variation[] {
  const { profiles, technologies, network, loads, vary = [] } = words;
  return [
    ...(profiles === undefined ? [] : [variationOf('profile', profileCodes(profiles), context, '--profiles')]),
    ...(technologies === undefined ? [] : [technologyVariation(technologies, network, context)]),
    ...(loads === undefined ? [] : [variationOf('load', listOf(loads, '--loads'), context, '--loads')]),
    ...vary.map((text) => readVariation(text, context, '--vary')),
  ];
}

/**
 * Codes of `all`, `all-ami`, `all-da`, `printed`, or of a list with commas; `none` is for systems of their own, and the
 * loader refuses it where a catalogue needs a profile.
 * @throws InputError
 */
export function profileCodes(text: string): string[] {
  const all = allProfiles();
  const sets: Readonly<Record<string, (profile: (typeof all)[number]) => boolean>> = {
    all: () => true,
    'all-ami': ({ kind }) => kind === 'AMI',
    'all-da': ({ kind }) => kind === 'DA',
    printed: ({ printed }) => printed,
  };
  const isOf = sets[text.trim()];
  if (isOf !== undefined) return all.filter(isOf).map(({ code }) => code);
  const codes = [...all.map(({ code }) => code), NO_PROFILE];
  return listOf(text, '--profiles').map((code) =>
    known(
      code,
      codes,
      '--profiles',
      'this is no deployment profile',
      'all, all-ami, all-da, printed, or codes that fanplan profiles lists; none for systems of their own',
    ),
  );
}

function technologyVariation(text: string, network: string | undefined, context: ScenarioContext): Variation {
  if (network === undefined) {
    throw problem('MISSING_KEY', '--technologies', 'it is not said on which links', text, '--network NAN beside it');
  }
  const places = [...context.networkNames, ...context.dataFlowRefs, 'all'];
  known(network, places, '--network', 'this is no network', context.networkNames.join(', '));
  const library = technologyLibrary();
  const fitting = library.filter(({ networks }) => networks.includes(network)).map(({ name }) => name);
  const names = library.map(({ name }) => name);
  const asked =
    text.trim() === 'all'
      ? fitting
      : listOf(text, '--technologies').map((name) =>
          known(
            name,
            names,
            '--technologies',
            'there is no such technology',
            'all, or names that fanplan technologies lists',
          ),
        );
  if (asked.length === 0)
    throw problem('EMPTY', '--technologies', 'no technology is made for this network', network, names.join(', '));
  return variationOf(`${network}.technology`, asked, context, '--technologies');
}

function listOf(text: string, option: string): string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0)
    throw problem('EMPTY', option, 'the list is empty', '(an empty text)', 'names with commas between them');
  const twice = items.find((item, i) => items.indexOf(item) !== i);
  if (twice !== undefined) throw problem('DUPLICATE', option, 'the same name stands here twice', twice, 'each once');
  return items;
}

function known(name: string, names: readonly string[], option: string, message: string, allowed: string): string {
  if (names.includes(name)) return name;
  throw problem('UNKNOWN_NAME', option, message, name, allowed, nearestName(name, names));
}

function problem(
  code: 'UNKNOWN_NAME' | 'MISSING_KEY' | 'EMPTY' | 'DUPLICATE',
  option: string,
  message: string,
  found: string,
  allowed: string,
  nearest?: string,
): InputError {
  return new InputError([
    { code, file: option, path: '', message, found, allowed, ...(nearest === undefined ? {} : { nearest }) },
  ]);
}

/** Names of scenarios, with their files where names repeat. */
function distinctNames(scenarios: readonly Scenario[]): string[] {
  return scenarios.map(({ name, file }) =>
    scenarios.filter((other) => other.name === name).length > 1 ? `${name} (${file})` : name,
  );
}
