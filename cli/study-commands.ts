import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { wholeNumber, wholeNumberOrZero } from './whole-number.js';

const ENGINES = ['simulation', 'closed-form'];
const METHODS = ['one-at-a-time', 'latin-hypercube'];

/** The verbs that compare many variants of scenarios. */
export function addStudyCommands(program: Command): void {
  studyOptions(
    program
      .command('compare')
      .description(
        'compare scenarios, profiles, technologies, load cases or any key: ranked, with what differs and why',
      )
      .argument('<scenarios...>', 'scenario files (YAML); - reads standard input')
      .option('--profiles <list>', 'all, all-ami, all-da, printed, or codes with commas')
      .option('--technologies <list>', 'all, or names with commas; on the links of --network')
      .option('--network <name>', 'where --technologies are tried, e.g. NAN')
      .option('--loads <list>', 'load cases: baseload,highload')
      .option(
        '--vary <key=values>',
        "any key: 'NAN.rate=20,50 kbit/s', meters=1000..5000:1000; may be repeated",
        collect,
      )
      .option('--set <key=value>', 'a key for all candidates; may be repeated', collect)
      .option('--shortlist <number>', 'how many of the best are simulated; 0: closed form only', wholeNumberOrZero, 3)
      .option('--by <measure>', 'what decides first: misses, cost, margin, utilisation, reliability'),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan compare scenarios/city-baseload.yaml --profiles all-ami
  $ fanplan compare scenarios/city-baseload.yaml --profiles all --shortlist 0
  $ fanplan compare city.yaml --technologies all --network NAN --loads baseload,highload --by cost
  $ fanplan compare today.yaml tomorrow.yaml --until 'ci(p95) < 5%'`,
    )
    .action(async (scenarios: string[], options) => (await import('./compare.js')).compare(scenarios, options));

  studyOptions(
    program
      .command('sweep')
      .description('a grid of keys of a scenario: every point in closed form and simulated, with charts')
      .argument('<scenario>', 'scenario file (YAML); - reads standard input')
      .option('--vary <key=values>', "a key: 'NAN.rate=20,50 kbit/s', meters=1000..5000:1000; may be repeated", collect)
      .option('--set <key=value>', 'a key for all points; may be repeated', collect)
      .addOption(new Option('-e, --engine <engine>', 'how to compute').choices(ENGINES).default('simulation')),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan sweep city.yaml --vary 'NAN.rate=20,50,100 kbit/s'
  $ fanplan sweep city.yaml --vary endpointsPerDap=500..5000:500 --vary load=baseload,highload -e closed-form`,
    )
    .action(async (scenario: string, options) => (await import('./sweep.js')).sweep(scenario, options));

  studyOptions(
    program
      .command('sensitivity')
      .description('which printed range, missing value or key drives a result: a tornado, or a Latin hypercube')
      .argument('<scenario>', 'scenario file (YAML); - reads standard input')
      .option('--measure <name>', 'the result: misses, margin, utilisation, load, reliability, cost', 'utilisation')
      .option('--network <name>', 'of utilisation and load: which network, e.g. NAN')
      .addOption(new Option('--method <method>', 'how factors are varied').choices(METHODS).default('one-at-a-time'))
      .option('--samples <number>', 'of the Latin hypercube', wholeNumber, 100)
      .option(
        '--range <key=bounds>',
        "a key with its bounds: 'NAN.rate=20..100 kbit/s', missing.bulkFileMB=1..10",
        collect,
      )
      .option('--set <key=value>', 'a key for all variants; may be repeated', collect)
      .addOption(new Option('-e, --engine <engine>', 'how to compute').choices(ENGINES).default('closed-form')),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan sensitivity city.yaml --measure utilisation --network NAN
  $ fanplan sensitivity city.yaml --measure margin --method latin-hypercube --samples 200`,
    )
    .action(async (scenario: string, options) => (await import('./sensitivity.js')).sensitivity(scenario, options));

  studyOptions(
    program
      .command('n-1')
      .description('each network, gateway and backhaul out in turn: what still meets its budget')
      .argument('<scenario>', 'scenario file (YAML); - reads standard input')
      .option('--set <key=value>', 'a key for all cases; may be repeated', collect),
  )
    .addHelpText('after', '\nExample:\n  $ fanplan n-1 city.yaml -n 5')
    .action(async (scenario: string, options) => (await import('./n-1.js')).nMinusOne(scenario, options));
}

/** What every study understands. */
function studyOptions(command: Command): Command {
  return command
    .option('-o, --output <folder>', 'where the results go (default: results/<verb>-<name of the scenario file>)')
    .option('-f, --force', 'replace an existing result, computing everything anew')
    .option('--resume', 'replace an existing result, taking over its finished replications')
    .option(
      '-n, --replications <number>',
      'replications, instead of the scenario’s; with --until the most',
      wholeNumber,
    )
    .option('--until <precision>', "as many replications as it takes: 'ci(p95) < 5%', 'ci(mean, PAYLOAD) < 2%'")
    .option('-s, --seed <seed>', 'seed, instead of the scenario’s')
    .option('-w, --workers <number>', 'threads (default: the cores at hand); results do not depend on it', wholeNumber)
    .addOption(formatOption())
    .option('--json', 'print the study as JSON instead of the summary')
    .option('-q, --quiet', 'print nothing but errors');
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
