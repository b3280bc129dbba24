import { createHash } from 'node:crypto';
import { InputError } from '../base/diagnostics.js';
import { schemaProblems } from '../base/schema-errors.js';
import { formatPath, PositionedYaml, readInput } from '../base/yaml.js';
import type { DeploymentCount, EventKind, MissingValue, UseCase } from '../payloads/types.js';
import { NO_PROFILE } from '../topologies/index.js';
import { decodeAmi } from '../topologies/profiles/ami.js';
import { readAvailability, readFallback } from './availability.js';
import { readCatalogues } from './catalogues.js';
import { type ProfileFacts, readDeployment } from './deployment.js';
import { readEvents } from './events.js';
import { readForwarding } from './forwarding.js';
import { GROWTH, readForecast } from './growth.js';
import { type LinkNames, readLinks } from './link-settings.js';
import { readChoices, readEventRates, readMissing, readOnly, readPayloads } from './overrides.js';
import { readRetries } from './polling.js';
import { ScenarioReader } from './reader.js';
import { applySettings, type Setting } from './settings.js';
import { readDsdr, readTime } from './time.js';
import { SCENARIO_VERSION, type Scenario } from './types.js';
import { readUseCases } from './use-cases.js';
import { scenarioValidator } from './validators.js';

/** The names that a scenario may use; the loader itself reads no data. */
export interface ScenarioContext extends LinkNames {
  readonly actorNames: readonly string[];
  readonly profileCodes: readonly string[];
  /** Names of the catalogues in play that need AMI or DA; empty: a scenario may do without a profile. */
  readonly needProfile: readonly string[];
  readonly useCases: readonly UseCase[];
  readonly payloadNames: readonly string[];
  readonly flowIds: readonly string[];
  /** Events of the catalogue; their aliases are names as well. */
  readonly eventNames: readonly EventKind[];
  readonly missing: readonly MissingValue[];
  readonly counts: readonly DeploymentCount[];
  /** Alternatives of each choice of the catalogue. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

/** A text with the name that messages shall use, and what stands in the place of some of it. */
export interface ScenarioText {
  readonly text: string;
  readonly file: string;
  readonly settings?: readonly Setting[];
}

/** A file name, `-` for standard input, or a text. */
export type ScenarioSource = string | ScenarioText;

/** A megabyte is a thousand times an ordinary scenario. */
const LONGEST = 1_000_000;
const BACKHAULS = ['W', 'IW', 'IIW'] as const;

/**
 * Reads a scenario: every quantity in SI units, every name checked, every default filled in and noted.
 * @param context the names, or how to have them for the catalogues that the scenario names
 * @throws InputError with all problems of the file, in its order; AccessError when it cannot be read
 */
export function loadScenario(
  source: ScenarioSource,
  context: ScenarioContext | ((catalogues: readonly string[]) => ScenarioContext),
): Scenario {
  const { text, file, settings = [] } = readScenarioText(source);
  if (text.length > LONGEST) {
    const message = `a scenario has at most ${LONGEST} characters, this one has ${text.length}`;
    throw new InputError([{ code: 'OUT_OF_RANGE', file, path: '', message }]);
  }
  const yaml = new PositionedYaml(file, text);
  const dropped = settings.length > 0 && isMapOfKeys(yaml.value) ? applySettings(yaml, settings) : [];
  const settingsText = settings.map(({ path, value }) => `${formatPath(path)}: ${JSON.stringify(value)}`).join('\n');
  schemaProblems(yaml, scenarioValidator(/technolog/.test(text + settingsText) ? 'technologies' : 'plain'));
  if (!isMapOfKeys(yaml.value)) yaml.throwIfBad();

  const reader = new ScenarioReader(yaml);
  const catalogues = readCatalogues(reader, file);
  const names = typeof context === 'function' ? context(catalogues) : context;
  const hash = createHash('sha256').update(settings.length === 0 ? text : `${text}\n---\n${settingsText}`);
  const set = [
    ...settings.map(({ path, value }) => ({ key: formatPath(path), value: textOf(value) })),
    ...dropped.map((key) => ({ key, value: 'left out' })),
  ];
  const scenario = readScenario(reader, names, { file, hash: hash.digest('hex'), set, catalogues });
  // Only fanplan size uses it, but every verb tells what is wrong with it.
  if (reader.has([GROWTH])) readForecast(reader, yaml.value, scenario, names);
  yaml.throwIfBad();
  return scenario;
}

/** Reads the text of a scenario. @throws InputError (NOT_FOUND), AccessError */
export function readScenarioText(source: ScenarioSource): ScenarioText {
  if (typeof source !== 'string') return source;
  return { text: readInput(source), file: source === '-' ? '<stdin>' : source };
}

function isMapOfKeys(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function readScenario(
  reader: ScenarioReader,
  context: ScenarioContext,
  origin: Pick<Scenario, 'file' | 'hash' | 'set' | 'catalogues'>,
): Scenario {
  const profile = readProfile(reader, context);
  const payloads = [...context.payloadNames, ...context.flowIds];
  const time = readTime(reader);
  const given = reader.value(['seed']);
  const seed = typeof given === 'string' || typeof given === 'number' ? String(given) : reader.defaultText('seed');
  const deployment = readDeployment(reader, profile, seed, context.counts);
  const backhaulShares = readBackhaul(reader, profile);
  return {
    version: SCENARIO_VERSION,
    ...origin,
    name: reader.text(['name']) ?? '',
    description: reader.text(['description']) ?? '',
    seed,
    replications: reader.number(['replications']) ?? reader.defaultNumber('replications'),
    profile: profile?.code ?? '',
    ...readUseCases(reader, context.useCases),
    load: reader.oneOf(['load'], ['baseload', 'highload'] as const) ?? (reader.defaultText('load') as 'baseload'),
    range: reader.oneOf(['range'], ['least', 'mid', 'most'] as const) ?? (reader.defaultText('range') as 'most'),
    deployment,
    backhaulShares,
    ...readLinks(reader, context),
    time,
    events: readEvents(reader, context.eventNames, [...context.networkNames, ...context.dataFlowRefs], time),
    forwarding: readForwarding(reader, context.actorNames, payloads),
    retries: readRetries(reader),
    availability: readAvailability(reader, context, context.actorNames),
    fallback: readFallback(reader, backhaulShares),
    dsdr: readDsdr(reader),
    missing: readMissing(reader, context.missing, deployment),
    eventRates: readEventRates(reader, context.eventNames),
    payloads: readPayloads(reader, payloads),
    only: readOnly(reader, payloads),
    choices: readChoices(reader, context.choices),
    defaults: reader.defaults,
  };
}

function readProfile(reader: ScenarioReader, { profileCodes, needProfile }: ScenarioContext): ProfileFacts | undefined {
  const isNeeded = needProfile.length > 0;
  if (!reader.has(['profile'])) {
    if (!isNeeded) return { code: reader.defaultText('profile'), ami: undefined };
    const allowed = 'a code such as AHEM3CvIW, DCSIRsF or AHEM3CvIW+DCSIRsF';
    reader.report(['profile'], { code: 'MISSING_KEY', message: 'profile is missing', allowed });
    return undefined;
  }
  const code = reader.text(['profile']);
  const codesAllowed = 'an AMI profile (AHEM3CvIW), a DA profile (DCSIRsF), or both (AHEM3CvIW+DCSIRsF)';
  if (code === NO_PROFILE && isNeeded) {
    const message = `${needProfile.join(' and ')} cannot do without a deployment profile`;
    reader.report(['profile'], { code: 'CONFLICT', message, found: code, allowed: codesAllowed });
    return undefined;
  }
  const codes = isNeeded ? profileCodes : [...profileCodes, NO_PROFILE];
  const allowed = isNeeded ? codesAllowed : `${codesAllowed}; none for systems of their own`;
  if (code === undefined || !reader.knows(['profile'], code, codes, 'a deployment profile', { allowed }))
    return undefined;
  return { code, ami: decodeAmi(code.split('+')[0]!) };
}

/** Shares of the DAPs on each backhaul; all on the profile's unless the file says otherwise. */
function readBackhaul(reader: ScenarioReader, profile: ProfileFacts | undefined): Scenario['backhaulShares'] {
  if (!reader.has(['backhaul'])) return profile?.ami === undefined ? {} : { [profile.ami.backhaul]: 1 };
  const given = BACKHAULS.filter((name) => reader.has(['backhaul', name]));
  const shares = given.map((name) => reader.quantity(['backhaul', name], 'share'));
  const sum = shares.reduce<number>((total, share) => total + (share ?? Number.NaN), 0);
  if (given.length > 0 && Math.abs(sum - 1) > 1e-9) {
    const found = `${Number((sum * 100).toPrecision(6))}%`;
    reader.report(['backhaul'], { code: 'CONFLICT', message: 'the shares do not add up to 100%', found });
  }
  return Object.fromEntries(given.map((name, i) => [name, shares[i] ?? 0]));
}
