import { basename } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { nearestTo } from '../base/nearest.js';
import { readInput } from '../base/yaml.js';
import { compile, contextOf, loadScenario, scenarioContext } from '../pipeline.js';
import { checkTarget, commandLine } from '../reports/index.js';
import { withOverrides } from '../scenarios/run-options.js';
import type { Scenario } from '../scenarios/types.js';
import { type CheckOptions, checkStudy, totalOutcome } from '../studies/check/check.js';
import { defaultProfile } from '../studies/check/completeness.js';
import { checkReport } from '../studies/check/report.js';
import { givenSubject, madeSubject, readTechnologies, type Subject } from '../studies/check/subject.js';
import { StudyInterrupted } from '../studies/runner/runner.js';
import { Workplace } from '../studies/runner/workplace.js';
import { readDensities } from '../studies/trial/coverage.js';
import { StoredSimulations } from '../studies/trial/store-simulate.js';
import { findTechnology } from '../topologies/technologies.js';
import { ExitCode } from './exit.js';
import { interrupted } from './interrupted.js';
import { timeText } from './progress.js';
import { checkReplications, type SizeCommand, shareOption } from './size.js';
import { finishStudy } from './study-output.js';

export interface CheckCommand extends Omit<SizeCommand, 'vary' | 'at' | 'growth' | 'years'> {
  readonly technology?: string;
  readonly network?: string;
  readonly profile?: string;
  readonly endpointsPerDap?: number;
  readonly stack?: string;
  readonly leaveOut?: readonly string[];
  readonly searchReplications: number;
  /** False: --no-largest. */
  readonly largest: boolean;
}

/** `fanplan check`. Exit code 0 only when everything passes, 1 when something fails or stays undecided. */
export async function check(file: string | undefined, command: CheckCommand): Promise<void> {
  const startedAt = new Date();
  const headroom = shareOption(command.headroom, '--headroom');
  checkReplications(command);
  checkSearch(command);
  const densities = readDensities(command.density ?? []);
  const subject = subjectOf(file, command);
  const { network } = subject;
  const technologies =
    command.technology === undefined
      ? [undefined]
      : readTechnologies(command.technology, network, (name) => findTechnology(name, '--technology', ''));
  const name =
    file === undefined
      ? `${command.technology}-${network}`
      : file === '-'
        ? 'stdin'
        : basename(file).replace(/\.ya?ml$/i, '');
  const folder = command.output ?? `results/${name.replace(/,/g, '+')}-check`;
  checkTarget(folder, command.force === true);
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const workplace = new Workplace(folder, false);
  const say = (line: string) => {
    if (command.quiet !== true && command.json !== true) console.error(line);
  };
  if (workplace.found > 0) say(`going on with ${workplace.found} finished replications of an earlier attempt`);
  const simulations = new StoredSimulations(workplace, abort.signal, command.workers);
  const options: CheckOptions = {
    loads: command.load ?? (file === undefined ? ['baseload', 'highload'] : undefined),
    headroom,
    replications: command.replications,
    mostReplications: command.mostReplications,
    searchReplications: Math.min(command.searchReplications, command.mostReplications),
    densities,
    largest: command.largest,
    atOnce: simulations.threads,
    simulate: simulations.simulate,
    adapt: (scenario) => withOverrides(scenario, { seed: command.seed }),
    say,
    onCase: casesToGo(say),
  };
  try {
    const results = await checkStudy(subject, technologies, options);
    const report = checkReport(results, subject, { command: commandOf(file, command, subject), startedAt, options });
    await finishStudy(folder, report, command, true);
    workplace.close();
    if (totalOutcome(results) !== 'pass') process.exitCode = ExitCode.failed;
  } catch (error) {
    if (!(error instanceof StudyInterrupted)) throw error;
    throw interrupted(workplace);
  } finally {
    await simulations.close();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** After each case: how many are left, and how long they take if they are like those before. */
function casesToGo(say: (line: string) => void): (done: number, of: number) => void {
  const startedMs = performance.now();
  return (done, of) => {
    const leftS = ((performance.now() - startedMs) / 1000 / done) * (of - done);
    if (of > 1) say(`${done} of ${of} cases are done${done < of ? `, about ${timeText(leftS)} to go` : ''}`);
  };
}

/** @throws InputError for fewer than two */
function checkSearch({ searchReplications }: CheckCommand): void {
  if (searchReplications >= 2) return;
  throw new InputError([
    {
      code: 'OUT_OF_RANGE',
      file: '--search-replications',
      path: '',
      message: 'an interval takes two replications',
      found: String(searchReplications),
      allowed: 'at least 2',
    },
  ]);
}

function subjectOf(file: string | undefined, command: CheckCommand): Subject {
  if (command.profile !== undefined) knows('--profile', command.profile, scenarioContext().profileCodes);
  const { endpointsPerDap: endpoints, stack, leaveOut = [] } = command;
  if (file !== undefined) {
    const source = { text: readInput(file), file: file === '-' ? '<stdin>' : file };
    const scenario = loadScenario(source);
    if (command.network !== undefined) knows('--network', command.network, contextOf(scenario.catalogues).networkNames);
    const { profile } = scenario;
    const network = command.network ?? firstNetwork(scenario);
    return givenSubject(source, {
      network,
      profile: command.profile ?? profile,
      setProfile: command.profile !== undefined,
      endpoints,
      stack,
      leaveOut,
    });
  }
  if (command.technology === undefined) {
    throw new InputError([
      {
        code: 'MISSING_KEY',
        file: 'fanplan check',
        path: '',
        message: 'there is neither a scenario nor a technology to check',
        allowed: 'a scenario file, or --technology wi-sun-fsk-150 --network NAN',
      },
    ]);
  }
  if (command.network !== undefined) knows('--network', command.network, scenarioContext().networkNames);
  const network = command.network ?? 'NAN';
  return madeSubject({ network, profile: command.profile ?? defaultProfile(network), endpoints, stack, leaveOut });
}

/** The field network of a scenario, where none is named. */
function firstNetwork(scenario: Scenario): string {
  const { network } = compile(scenario).links;
  return ['NAN', 'FAN', 'WAN'].find((name) => network.includes(name)) ?? network[0] ?? 'NAN';
}

function knows(option: string, found: string, names: readonly string[]): void {
  if (names.includes(found)) return;
  throw new InputError([
    {
      code: 'UNKNOWN_NAME',
      file: option,
      path: '',
      message: `there is no such ${option.slice(2)}`,
      found,
      allowed: names.length > 20 ? 'fanplan profiles lists them' : names.join(', '),
      ...nearestTo(found, names),
    },
  ]);
}

/** Everything that decides the result is spelled out, defaults too. */
function commandOf(file: string | undefined, command: CheckCommand, { network, endpoints, made }: Subject): string {
  const { technology, stack, density = [], seed } = command;
  const profile = command.profile ?? (made ? defaultProfile(network) : undefined);
  const load = command.load ?? (made ? ['baseload', 'highload'] : undefined);
  return commandLine([
    'fanplan',
    'check',
    ...(file === undefined ? [] : [file]),
    ...(technology === undefined ? [] : ['--technology', technology]),
    ...['--network', network],
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(load === undefined ? [] : ['--load', load.join(',')]),
    ...(Number.isNaN(endpoints) ? [] : ['--endpoints-per-dap', String(endpoints)]),
    ...(stack === undefined ? [] : ['--stack', stack]),
    ...(command.leaveOut === undefined ? [] : ['--leave-out', command.leaveOut.join(',')]),
    ...['--headroom', command.headroom, '--replications', String(command.replications)],
    ...[
      '--most-replications',
      String(command.mostReplications),
      '--search-replications',
      String(command.searchReplications),
    ],
    ...density.flatMap((text) => ['--density', text]),
    ...(command.largest ? [] : ['--no-largest']),
    ...(seed === undefined ? [] : ['--seed', seed]),
  ]);
}
