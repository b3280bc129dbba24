/** AMI day: the scenario file through the ordinary door, against simjs, a C++ program, and a second worker. */
import { measure } from '../child.js';
import { type RunAs, runScenario } from '../ordinary.js';
import { cpp } from '../reference.js';
import { ratioTo, type Sample, type Workload } from '../sample.js';
import { atLeast } from './kernel.js';

const FILE = 'bench/scenarios/ami-day.yaml';
const DAPS = 100;
const DAYS = 10;
const TEN_DAYS = lasting(DAYS);
/** So many that making engines and compiling them is little. */
const MANY_DAYS = 60;
/** DAYS times the messages of a day, in as many hours: rates of the scenario file. */
const TEN_TIMES_AS_OFTEN = [
  ['perDay: 6,', 'perDay: 60,'],
  ['perDay: 24,', 'perDay: 240,'],
  ['perDay: 25/1000,', 'perDay: 250/1000,'],
] as const;
/** Enough for simjs with a timer for each meter, at 65,000 messages a second. */
const METERS_DAYS = 0.5;
const BY_METERS = 'simjs, a timer for each meter';
/** Messages of a day: reads, commands, answers. */
const PER_DAY = DAPS * (900 * 6 + 100 * 24 + 2 * 25);
/** Means of flows, ms, with the standard deviation of one message and the messages of a day. */
const KNOWN = {
  reads: { ms: 221.297, sdMs: 45, perDay: DAPS * (900 * 6 + 100 * 24) },
  answers: { ms: 40.559, sdMs: 30, perDay: DAPS * 25 },
  commands: { ms: 32.48, sdMs: 1, perDay: DAPS * 25 },
} as const;
/** Standard deviations that a figure may be off. */
const FAR = 6;
const NAMES = {
  'Mtr-read_multi-interval-data_resp-data': 'reads',
  'on-demand_Mtr-read_resp-data': 'answers',
  'on-demand_Mtr-read_cmd': 'commands',
} as const;

export function amiDayWorkloads(): Workload[] {
  const simulate = (workers: number, days: number) => run({ workers, change: [lasting(days)], time: 'simulation' });
  return [
    {
      name: `AMI day x ${DAYS}`,
      phase: 'simulation',
      contenders: [
        { name: 'fanplan', run: () => simulate(1, DAYS) },
        { name: BY_METERS, run: () => measure('ami-day-simjs', DAPS, 24 * METERS_DAYS) },
        { name: 'simjs', run: () => run({ engine: 'simjs', time: 'simulation' }) },
        ...cpp('C++', 'ami-day', DAPS, DAYS, 'together'),
        ...cpp('C++, a DAP at a time', 'ami-day', DAPS, DAYS, 'apart'),
      ],
      check: (sample, contender) =>
        check(sample, contender === BY_METERS ? METERS_DAYS : contender === 'simjs' ? 1 : DAYS),
      targets: [atLeast(30, BY_METERS), atLeast(30, 'simjs'), atLeast(0.45, 'C++')],
    },
    {
      name: `AMI day x ${DAYS}, 2 workers`,
      phase: 'simulation',
      contenders: [
        { name: 'fanplan', run: () => simulate(2, DAYS) },
        { name: '1 worker', run: () => simulate(1, DAYS) },
      ],
      check: (sample) => check(sample, DAYS),
      targets: [atLeast(1.8, '1 worker')],
    },
    {
      name: `AMI day x ${MANY_DAYS}, 2 workers`,
      phase: 'simulation',
      contenders: [
        { name: 'fanplan', run: () => simulate(2, MANY_DAYS) },
        { name: '1 worker', run: () => simulate(1, MANY_DAYS) },
      ],
      check: (sample) => check(sample, MANY_DAYS),
      targets: [atLeast(1.8, '1 worker')],
    },
    {
      name: 'AMI day',
      phase: 'process',
      contenders: [{ name: 'fanplan', run: () => run({ time: 'process' }) }],
      check: (sample) => check(sample, 1),
      targets: [],
    },
    {
      ...memory('AMI day, ten times as often, memory', TEN_TIMES_AS_OFTEN),
      targets: [{ text: 'at most 1.1 x the memory of 1 day', met: (measured) => ratioTo(measured, ONE_DAY) <= 1.1 }],
    },
    memory(`AMI day x ${DAYS}, memory`, [TEN_DAYS]),
  ];
}

function lasting(days: number): readonly [string, string] {
  return ['duration: 1 day', `duration: ${days} days`];
}

const ONE_DAY = '1 day';

/** Ten times the messages of one day, against one day. Ten days also have ten times the hours of results. */
function memory(name: string, change: NonNullable<RunAs['change']>): Workload {
  return {
    name,
    phase: 'simulation',
    contenders: [
      { name: 'fanplan', run: () => run({ change, time: 'simulation' }) },
      { name: ONE_DAY, run: () => run({ time: 'simulation' }) },
    ],
    check: (sample, contender) => checkCount(sample, contender === ONE_DAY ? 1 : DAYS),
    compared: 'memory',
    targets: [],
  };
}

async function run(as: RunAs): Promise<Sample> {
  const sample = await runScenario(FILE, as);
  const latencyMs = Object.fromEntries(
    Object.entries(NAMES).map(([payload, name]) => [name, sample.latencyMs![payload]!]),
  );
  return { ...sample, latencyMs };
}

function check(sample: Sample, days: number): string[] {
  const problems = checkCount(sample, days);
  for (const [name, { ms, sdMs, perDay }] of Object.entries(KNOWN)) {
    const found = sample.latencyMs?.[name] ?? Number.NaN;
    const farMs = (FAR * sdMs) / Math.sqrt(perDay * days);
    if (!(Math.abs(found - ms) < farMs))
      problems.push(`mean of ${name} ${found} ms, not ${ms} ± ${farMs.toFixed(3)} ms`);
  }
  return problems;
}

/** @param days of messages */
function checkCount({ messages }: Sample, days: number): string[] {
  const due = PER_DAY * days;
  // A command and its answer come together: their variance is twice that of two.
  const isNear = Math.abs(messages - due) < FAR * Math.sqrt(1.01 * due);
  return isNear ? [] : [`${messages} messages, not about ${due}`];
}
