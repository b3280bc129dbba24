/** What is checked: a technology on one network, in a scenario of the user's or in one made for the question. */
import { InputError } from '../../base/diagnostics.js';
import { compile, loadScenario } from '../../pipeline.js';
import type { ScenarioText } from '../../scenarios/load.js';
import type { Assumption } from '../../sim/plan.js';
import { technologyLibrary } from '../../topologies/technologies.js';
import type { Technology } from '../../topologies/technology-types.js';
import { preferredCounts } from '../search/series.js';
import { metersOf } from '../trial/coverage.js';
import { loadCases } from '../trial/load-cases.js';
import type { VariantSetting } from '../variants/variants.js';

export interface Subject {
  readonly source: ScenarioText;
  readonly network: string;
  /** Endpoints of one gateway for which there is a verdict; NaN: as the scenario has them. */
  readonly endpoints: number;
  /** Settings that give a gateway so many endpoints; undefined: this network has no endpoints to count. */
  readonly endpointSettings: ((endpoints: number) => VariantSetting[]) | undefined;
  readonly assumptions: readonly Assumption[];
  readonly made: boolean;
}

export interface SubjectOptions {
  readonly network: string;
  readonly profile: string;
  /** Undefined: 1000, or what the scenario has. */
  readonly endpoints: number | undefined;
  readonly stack: string | undefined;
  /** Payloads or flows that are switched off: no statement can be made then. */
  readonly leaveOut: readonly string[];
}

/** Endpoints in the proportions of apportionment scenario 3 of section 4.21, of 100. */
const APPORTIONMENT = {
  electric: { residential: 45, commercial: 5 },
  gas: { residential: 20, commercial: 2.5 },
  water: { residential: 25, commercial: 2.5 },
} as const;
const DEFAULT_ENDPOINTS = 1000;
const MOST_ENDPOINTS = 50_000;
const LONGEST_WINDOW_DAYS = 2;
const DAY_S = 86_400;
/** Of one feeder by the scenario's defaults. */
const DEVICES_PER_FEEDER = 14;
const PER_DAP = ['NAN', 'WAN'];
/** Networks whose medium has the endpoints as its stations; a backhaul has one, however many meters are behind it. */
const ARE_STATIONS = ['NAN', 'FAN'];

/** A scenario in which only the network under test is limited. */
export function madeSubject(options: SubjectOptions): Subject {
  const { network, profile, stack } = options;
  const endpoints = options.endpoints ?? (network === 'FAN' ? DEVICES_PER_FEEDER : DEFAULT_ENDPOINTS);
  if (endpoints > MOST_ENDPOINTS) {
    throw new InputError([
      {
        code: 'OUT_OF_RANGE',
        file: '--endpoints-per-dap',
        path: '',
        message: 'no gateway serves so many',
        found: String(endpoints),
        allowed: `up to ${MOST_ENDPOINTS}, the largest design of section 4.21`,
      },
    ]);
  }
  const settings = network === 'FAN' ? feeders : meters;
  const own = [...settings(endpoints), ...switchedOff(options.leaveOut)];
  const textFor = (days: number, more: string) =>
    [
      `name: Check of ${network}`,
      `profile: ${profile}`,
      'deployment: { daps: 1, substations: 1, fanGateways: { substation: 1, field: 1 }, feeders: 1, meters: 1 }',
      `duration: ${days === 1 ? '1 day' : `${days} days`}`,
      'links:',
      '  all: { rate: unlimited, delay: 0 s, overhead: 0 B }',
      `  ${network}: { discipline: priority${more} }`,
      '',
    ].join('\n');
  const file = `<check of ${network}>`;
  // A stack takes a technology, which is put in later.
  const days = daysOf({ text: textFor(LONGEST_WINDOW_DAYS, ''), file, settings: own });
  return {
    source: { text: textFor(days, stack === undefined ? '' : `, stack: ${stack}`), file, settings: own },
    network,
    endpoints,
    endpointSettings: settings,
    made: true,
    assumptions: [
      choice(
        'deployment',
        network === 'FAN' ? 'one substation with one gateway' : 'one DAP',
        'gateways are alike, so that one stands for all',
      ),
      network === 'FAN'
        ? choice(
            'deployment.feeders',
            `${DEVICES_PER_FEEDER} devices each`,
            'devices per feeder as the defaults of a scenario say',
          )
        : choice(
            'deployment.meters',
            '50 % electric, 22.5 % gas, 27.5 % water; about a tenth commercial',
            'every payload of the profile has somebody who sends it',
            'apportionment scenario 3 of section 4.21',
          ),
      choice(
        'links.all',
        'unlimited rate, no delay, no overhead',
        `so that ${network} alone decides; in a network all links of a route share the budget`,
      ),
      choice(`links.${network}.discipline`, 'priority', 'large transfers yield to urgent messages after each quantum'),
      days === 1
        ? choice('duration', '1 day', 'no requirement of the profile has a longer window')
        : choice('duration', `${days} days`, 'the longest window in which the source asks for devices to be captured'),
    ],
  };
}

/** How long a run is: all hours of a day, and as long as the longest window of a requirement at highload, which has all of baseload. */
function daysOf(source: ScenarioText): number {
  const scenario = loadScenario(source);
  const [highload] = loadCases(scenario, ['highload']);
  const { windowS } = compile(highload!.of(scenario)).tiers;
  return Math.max(1, ...[...windowS].map((ofTier) => Math.ceil(ofTier / DAY_S)));
}

/** A scenario of the user's; what is not under test stays as it is. */
export function givenSubject(
  source: ScenarioText,
  options: SubjectOptions & { readonly setProfile: boolean },
): Subject {
  const { network, profile, stack, endpoints, setProfile } = options;
  const settings: VariantSetting[] = [
    ...(setProfile ? [setting('profile', ['profile'], profile)] : []),
    ...(stack === undefined ? [] : [setting(`${network}.stack`, ['links', network, 'stack'], stack)]),
    ...switchedOff(options.leaveOut),
  ];
  const perDap = PER_DAP.includes(network)
    ? (count: number) => [setting('endpointsPerDap', ['deployment', 'metersPerDap'], count)]
    : undefined;
  if (endpoints !== undefined && perDap === undefined) {
    throw new InputError([
      {
        code: 'CONFLICT',
        file: '--endpoints-per-dap',
        path: '',
        message: `endpoints of ${network} are not counted per DAP in a scenario`,
        found: String(endpoints),
        allowed: `--network ${PER_DAP.join(' or ')}`,
      },
    ]);
  }
  const own = endpoints === undefined ? [] : perDap!(endpoints);
  return {
    source: { ...source, settings: [...(source.settings ?? []), ...settings, ...own] },
    network,
    endpoints: endpoints ?? Number.NaN,
    endpointSettings: perDap,
    assumptions: [],
    made: false,
  };
}

/** Numbers of endpoints to try, the most demanding first. */
export function endpointSteps({ network, source, made }: Subject, technology: Technology | undefined): number[] {
  const most = Math.min(
    MOST_ENDPOINTS,
    ARE_STATIONS.includes(network) ? (technology?.endpoints.most ?? Infinity) : Infinity,
    made ? Infinity : metersOf(loadScenario(source).deployment),
  );
  if (network === 'FAN') {
    const feedersMost = Math.max(1, Math.floor(most / DEVICES_PER_FEEDER));
    return preferredCounts(1, feedersMost)
      .map((count) => count * DEVICES_PER_FEEDER)
      .reverse();
  }
  return [...new Set([...preferredCounts(1, most), most])].sort((a, b) => b - a);
}

/** Whole meters of each kind that add up to the endpoints. */
function meters(endpoints: number): VariantSetting[] {
  const parts = Object.entries(APPORTIONMENT).flatMap(([kind, shares]) =>
    Object.entries(shares).map(([who, share]) => ({ kind, who, exact: (endpoints * share) / 100 })),
  );
  const whole = parts.map(({ exact }) => Math.floor(exact));
  let left = endpoints - whole.reduce((sum, count) => sum + count, 0);
  const order = parts.map(({ exact }, i) => [exact - whole[i]!, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of order) if (left-- > 0) whole[i]!++;
  const value: Record<string, Record<string, number>> = {};
  parts.forEach(({ kind, who }, i) => {
    value[kind] = { ...value[kind], [who]: whole[i]! };
  });
  return [setting('endpoints', ['deployment', 'meters'], value, String(endpoints))];
}

function switchedOff(names: readonly string[]): VariantSetting[] {
  return names.map((name) => setting(`payloads.${name}.off`, ['payloads', name, 'off'], true));
}

function feeders(endpoints: number): VariantSetting[] {
  const count = Math.max(1, Math.round(endpoints / DEVICES_PER_FEEDER));
  return [setting('endpoints', ['deployment', 'feeders'], count, String(endpoints))];
}

export function technologySettings(network: string, { name }: Technology): VariantSetting[] {
  return [setting(`${network}.technology`, ['links', network, 'technology'], name, name)];
}

/**
 * Reads `wi-sun-fsk-150,lte-m` or `all`: those of the library that serve the network.
 * @throws InputError with the nearest name, or the networks that a technology serves
 */
export function readTechnologies(text: string, network: string, find: (name: string) => Technology): Technology[] {
  const library = technologyLibrary();
  const serving = library.filter(({ networks }) => networks.includes(network));
  if (text.trim() === 'all') return serving;
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const technology = find(name);
    if (technology.networks.includes(network)) return technology;
    throw new InputError([
      {
        code: 'CONFLICT',
        file: '--technology',
        path: '',
        message: `${name} is no technology of ${network}`,
        found: name,
        allowed: `${serving.map((one) => one.name).join(', ')}; ${name} serves ${technology.networks.join(', ')}`,
      },
    ]);
  });
}

function setting(key: string, path: VariantSetting['path'], value: unknown, text = String(value)): VariantSetting {
  return { key, path, value, text, origin: `fanplan check: ${key}=${text}` };
}

function choice(key: string, value: string, reason: string, source = ''): Assumption {
  return { kind: 'choice', key, value, unit: '', reason, source };
}
