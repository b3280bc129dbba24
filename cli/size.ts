import { basename } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { readInput } from '../base/yaml.js';
import { checkTarget, commandLine } from '../reports/index.js';
import { BadValue } from '../scenarios/bad-value.js';
import { parseQuantity } from '../scenarios/quantity.js';
import { withOverrides } from '../scenarios/run-options.js';
import { StudyInterrupted } from '../studies/runner/runner.js';
import { Workplace } from '../studies/runner/workplace.js';
import { sizeReport } from '../studies/size/report.js';
import { type SizeOptions, sizeStudy } from '../studies/size/size.js';
import { bindingText } from '../studies/size/words.js';
import { readDensities, SURROUNDINGS } from '../studies/trial/coverage.js';
import { StoredSimulations } from '../studies/trial/store-simulate.js';
import { interrupted } from './interrupted.js';
import { finishStudy, type StudyOutput } from './study-output.js';

export interface SizeCommand extends StudyOutput {
  readonly output?: string;
  readonly vary?: readonly string[];
  readonly load?: readonly string[];
  readonly headroom: string;
  readonly replications: number;
  readonly mostReplications: number;
  readonly density?: readonly string[];
  readonly at?: string;
  readonly growth?: string;
  readonly years: number;
  readonly seed?: string;
  readonly workers?: number;
}

/** `fanplan size`: the smallest network, and when it runs out. Exit code 1 when none meets the requirements. */
export async function size(file: string, command: SizeCommand): Promise<void> {
  const startedAt = new Date();
  const folder = command.output ?? `results/${file === '-' ? 'stdin' : basename(file).replace(/\.ya?ml$/i, '')}-size`;
  const headroom = shareOption(command.headroom, '--headroom');
  checkReplications(command);
  const densities = readDensities(command.density ?? []);
  checkTarget(folder, command.force === true);
  const source = { text: readInput(file), file: file === '-' ? '<stdin>' : file };
  const say = (line: string) => {
    if (command.quiet !== true && command.json !== true) console.error(line);
  };
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const workplace = new Workplace(folder, false);
  if (workplace.found > 0) say(`going on with ${workplace.found} finished replications of an earlier attempt`);
  const simulations = new StoredSimulations(workplace, abort.signal, command.workers);
  const options: SizeOptions = {
    vary: command.vary ?? [],
    loads: command.load,
    headroom,
    replications: command.replications,
    mostReplications: command.mostReplications,
    densities,
    density: command.at === undefined ? undefined : densities[SURROUNDINGS.indexOf(command.at as 'urban')],
    growthFile: command.growth,
    years: command.years,
    simulate: simulations.simulate,
    adapt: (scenario) => withOverrides(scenario, { seed: command.seed }),
    onTried: ({ name, outcome, binding }) =>
      say(`${outcome.padEnd(9)} ${name}${binding === undefined ? '' : `: ${bindingText(binding)}`}`),
  };
  try {
    const result = await sizeStudy(source, options);
    const report = sizeReport(result, { command: commandOf(file, command), startedAt, options });
    await finishStudy(folder, report, command, true);
    workplace.close();
  } catch (error) {
    if (!(error instanceof StudyInterrupted)) throw error;
    throw interrupted(workplace);
  } finally {
    await simulations.close();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** 30%, 0.3. @throws InputError */
export function shareOption(text: string, option: string): number {
  try {
    return parseQuantity(/^[\d.]+$/.test(text.trim()) ? Number(text) : text, 'share', { most: 0.99 });
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new InputError([{ file: option, path: '', ...error.problem, allowed: 'a share: 30%, 0.3' }]);
  }
}

/** @throws InputError when the limit is below where it begins */
export function checkReplications({
  replications,
  mostReplications,
}: Pick<SizeCommand, 'replications' | 'mostReplications'>): void {
  if (replications >= 2 && mostReplications >= replications) return;
  throw new InputError([
    {
      code: 'OUT_OF_RANGE',
      file: replications < 2 ? '--replications' : '--most-replications',
      path: '',
      message: replications < 2 ? 'an interval takes two replications' : 'the limit is below the number to begin with',
      found: String(replications < 2 ? replications : mostReplications),
      allowed: replications < 2 ? 'at least 2' : `at least ${replications}`,
    },
  ]);
}

function commandOf(file: string, command: SizeCommand): string {
  const { vary = [], load, density = [], at, growth, seed } = command;
  return commandLine([
    'fanplan',
    'size',
    file,
    ...vary.flatMap((key) => ['--vary', key]),
    ...(load === undefined ? [] : ['--load', load.join(',')]),
    ...['--headroom', command.headroom, '--replications', String(command.replications)],
    ...['--most-replications', String(command.mostReplications)],
    ...density.flatMap((text) => ['--density', text]),
    ...(at === undefined ? [] : ['--at', at]),
    ...(growth === undefined ? [] : ['--growth', growth]),
    ...(command.years === 10 ? [] : ['--years', String(command.years)]),
    ...(seed === undefined ? [] : ['--seed', seed]),
  ]);
}
