import { basename } from 'node:path';
import { compileState, contextOf, loadScenario, simulateScenario } from '../pipeline.js';
import { checkTarget } from '../reports/folder.js';
import type { ExtraFormat } from '../reports/formats.js';
import { DEFAULTS } from '../scenarios/defaults.js';
import { withOverrides } from '../scenarios/run-options.js';
import { prepareReplications } from '../sim/replications.js';
import type { EngineName, Results } from '../sim/results.js';
import { Workplace } from '../studies/runner/workplace.js';
import { ExitCode, InterruptedError } from './exit.js';
import { progressOf } from './progress.js';
import { replicationOptions } from './replication-options.js';
import { terminalStyle } from './style.js';

export interface RunOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly engine: EngineName;
  readonly replications?: number;
  readonly replication?: number;
  readonly until?: string;
  readonly keep?: boolean;
  readonly resume?: boolean;
  readonly seed?: string;
  readonly workers?: number;
  readonly format?: readonly ExtraFormat[];
  readonly judge?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `fanplan run`: scenario -> plan -> results -> folder, with a summary on standard output. */
export async function run(file: string, options: RunOptions): Promise<void> {
  if (options.engine === 'simulation') prepareReplications(expectedReplications(options), options.workers);
  const scenario = withOverrides(loadScenario(file), options);
  const folder = options.output ?? `results/${scenarioFileName(file)}`;
  const replace = options.force === true || options.resume === true;
  checkTarget(folder, replace);
  const howMany = replicationOptions(options, [contextOf(scenario.catalogues)]);
  const keeps = (options.keep === true || options.resume === true) && options.engine !== 'closed-form';
  const workplace = keeps ? new Workplace(folder, options.resume === true) : undefined;

  const say = (line: string) => {
    if (options.quiet !== true && options.json !== true) console.error(line);
  };
  const compiled = compileState(scenario);
  const { plan } = compiled;
  say(
    `${scenario.name}: ${plan.flows.name.length} flows over ${plan.links.name.length} kinds of link, profile ${plan.profile}, ${plan.load}`,
  );

  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const progress = progressOf(
    'simulating',
    options.quiet === true || options.json === true || options.engine === 'closed-form',
  );
  let results: Results | undefined;
  try {
    // What writes the results is loaded while they are simulated.
    const reports = loadReports();
    // The signals stay caught until the folder is written: what is finished is not lost by a late Ctrl-C.
    const simulating = simulateScenario(
      scenario,
      {
        engine: options.engine,
        ...howMany,
        ...(workplace === undefined ? {} : { store: workplace }),
        ...(options.workers === undefined ? {} : { workers: options.workers }),
        onProgress: progress.update,
        signal: abort.signal,
        // Vega is loaded by a core that would wait for another; earlier it would take as long from the replications.
        onCoreFree: async () => (await reports).prepareDrawing(),
      },
      compiled,
    );
    [results] = await Promise.all([simulating, reports]);
    const { writeResults } = await reports;
    if (results === undefined)
      throw new InterruptedError('interrupted before the first replication was finished; nothing is written');
    await writeResults(folder, results, {
      formats: options.format ?? [],
      force: replace,
      ...(workplace === undefined ? {} : { kept: workplace.files() }),
    });
    workplace?.close();
  } finally {
    progress.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  if (options.json === true) printJson(results, folder);
  else if (options.quiet !== true) {
    const { summaryText } = await import('../reports/summary-text.js');
    console.log(summaryText(results, folder, terminalStyle(process.stdout)));
  }

  if (results.run.exit === 'interrupted') {
    say(`interrupted: the ${results.run.replications} replications that were finished are in ${folder}`);
    process.exitCode = ExitCode.interrupted;
  } else if (options.judge === true && results.flows.some((flow) => flow.verdict === 'fail')) {
    process.exitCode = ExitCode.failed;
  }
}

/** How many there will be, about: threads start before the scenario says it. */
function expectedReplications({ replication, replications }: RunOptions): number {
  return replication === undefined ? (replications ?? Number(DEFAULTS.get('replications')!.value)) : 1;
}

async function loadReports() {
  const [{ prepareDrawing }, { writeResults }] = await Promise.all([
    import('../reports/drawing.js'),
    import('../reports/run-folder.js'),
  ]);
  return { prepareDrawing, writeResults };
}

function scenarioFileName(file: string): string {
  return file === '-' ? 'stdin' : basename(file).replace(/\.ya?ml$/i, '');
}

function printJson(results: Results, folder: string): void {
  const verdicts = results.flows.map(({ flow, verdict, verdictReason, margin }) => ({
    flow,
    verdict,
    verdictReason,
    margin: Number.isFinite(margin) ? margin : null,
  }));
  console.log(JSON.stringify({ folder, run: results.run, verdicts }, null, 2));
}
