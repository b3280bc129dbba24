import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { addPlannerCommands } from './planner-commands.js';
import { addStudyCommands } from './study-commands.js';
import { wholeNumber } from './whole-number.js';

const ENGINES = ['simulation', 'closed-form', 'simjs'];
const LOADS = ['baseload', 'highload'];

/**
 * The verbs of the command line. Each loads its code when it is called, so that `--help` stays quick.
 */
export function addCommands(program: Command): void {
  program
    .command('run')
    .description('run a scenario: results, charts and a report in one folder')
    .argument('<scenario>', 'scenario file (YAML); - reads standard input')
    .option('-o, --output <folder>', 'where the results go (default: results/<name of the scenario file>)')
    .option('-f, --force', 'replace an existing result')
    .addOption(new Option('-e, --engine <engine>', 'how to compute').choices(ENGINES).default('simulation'))
    .option(
      '-n, --replications <number>',
      'replications, instead of the scenario’s; with --until the most',
      wholeNumber,
    )
    .option('--until <precision>', "as many replications as it takes: 'ci(p95) < 5%', 'ci(mean, PAYLOAD) < 2%'")
    .option('--replication <number>', 'only the replication of this number, to look at it again', wholeNumber)
    .option('--keep', 'keep the replications with the results, so that --resume can extend them')
    .option('--resume', 'replace the results, go on with the replications that they have')
    .option('-s, --seed <seed>', 'seed, instead of the scenario’s')
    .option('-w, --workers <number>', 'threads (default: the cores at hand); results do not depend on it', wholeNumber)
    .addOption(formatOption())
    .option('--judge', 'exit with 1 when a requirement fails')
    .option('--json', 'print run.json and the verdicts as JSON instead of the summary')
    .option('-q, --quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan run scenarios/city-baseload.yaml
  $ fanplan run city.yaml --engine closed-form --json | jq .verdicts
  $ fanplan run city.yaml -o out --force --format csv parquet --judge`,
    )
    .action(async (scenario: string, options) => (await import('./run.js')).run(scenario, options));

  addPlannerCommands(program);
  addStudyCommands(program);

  program
    .command('plan')
    .description('show what a scenario compiles to: links, flows, routes, rates, assumptions')
    .argument('<scenario>', 'scenario file (YAML); - reads standard input')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nExample:\n  $ fanplan plan scenarios/first-look.yaml | less')
    .action(async (scenario: string, options) => (await import('./plan.js')).plan(scenario, options));

  const catalogue = program
    .command('catalogue')
    .description('list the application requirements, or check a catalogue of your own')
    .option('--catalogue <names...>', 'catalogues that fanplan catalogue list names, or folders (default: sg-network)')
    .option('--use-case <names...>', 'only these use cases (id or name)')
    .option('--payload <names...>', 'only these payloads')
    .addOption(new Option('--load <load>', 'only rows of a PAP02 load case').choices(LOADS))
    .option('--json', 'one JSON object per row')
    .option('--csv', 'one CSV line per row')
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan catalogue --use-case meter-reading --load baseload
  $ fanplan catalogue --catalogue ./my-catalogue --csv
  $ fanplan catalogue check ./my-catalogue`,
    )
    .action(async (options) => (await import('./catalogue.js')).catalogue(options));

  catalogue
    .command('list')
    .description('the catalogues of the package, by the names that a scenario gives under catalogues')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  $ fanplan catalogue list')
    .action(async (_, command) => (await import('./catalogue.js')).listCatalogues(command.optsWithGlobals()));

  catalogue
    .command('check')
    .description('say everything that is wrong with a catalogue, or with one of its files')
    .argument('<path>', 'folder of a catalogue, or a file in one')
    .option('--json', 'print what it holds as JSON')
    .addHelpText('after', '\nExample:\n  $ fanplan catalogue check ./my-catalogue')
    .action(async (path: string, _, command) =>
      (await import('./catalogue-check.js')).checkCatalogue(path, command.optsWithGlobals()),
    );

  program
    .command('import')
    .description('read a requirements spreadsheet (XLSX or CSV) into a catalogue of your own')
    .argument('<file>', 'workbook with a sheet Reqmnts-Combined, or that sheet as CSV')
    .requiredOption('-o, --output <folder>', 'where the catalogue goes; its name is the name of the folder')
    .option('-f, --force', 'replace an earlier import')
    .option('--partial', 'write the rows that were read when others could not be')
    .option('--json', 'print what was read as JSON')
    .addHelpText(
      'after',
      `
Every cell that cannot be read is told with sheet, row and column.

Examples:
  $ fanplan import requirements.xlsx -o my-catalogue
  $ fanplan import requirements.csv -o my-catalogue --partial --force`,
    )
    .action(async (file: string, options) => (await import('./import.js')).importSheet(file, options));

  program
    .command('profiles')
    .description('list the deployment profiles, or explain one')
    .argument('[code]', 'profile code, e.g. AHEM3CvIW, DCSIRsF or AHEM3CvIW+DCSIRsF')
    .option('--catalogue <names...>', 'catalogues, or folders of your own, whose rows it carries (default: sg-network)')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  $ fanplan profiles AHEM3CvIW+DCSIRsF')
    .action(async (code: string | undefined, options) => (await import('./profiles.js')).profiles(code, options));

  program
    .command('paths')
    .description('communication paths between two actors, or the options of a data-flow expression')
    .option('--from <actor>', 'originating actor')
    .option('--to <actor>', 'destination actor')
    .option('--profile <code>', 'only the paths of this deployment profile')
    .option('--catalogue <names...>', 'catalogues, or folders of your own, whose actors and data flows are there too')
    .option('--ref <expression>', "data-flow algebra, e.g. '[(1Aa + 1B) or 1Ab] + 1Ca + 1D'")
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      "\nExample:\n  $ fanplan paths --from 'CIS/Billing - Utility' --to '2-Way Meter - Electr' --profile ACvIW",
    )
    .action(async (options) => (await import('./paths.js')).paths(options));

  program
    .command('technologies')
    .description('list the link technologies, or show one with the source of every figure')
    .argument('[name]', 'technology, e.g. wi-sun-fsk-150')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  $ fanplan technologies wi-sun-fsk-150')
    .action(async (name: string | undefined, options) =>
      (await import('./technologies.js')).technologies(name, options),
    );

  program
    .command('overhead')
    .description('bytes on the medium, frame by frame, of a payload under a protocol stack')
    .argument('<stack>', 'layers from the network up, e.g. ipv6/udp/dtls/coap')
    .requiredOption('--bytes <number>', 'application bytes of the payload', wholeNumber)
    .requiredOption('--technology <name>', 'link technology')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ fanplan overhead ipv6/udp/dtls/coap --bytes 2400 --technology wi-sun-fsk-150',
    )
    .action(async (stack: string, options) => (await import('./overhead.js')).overhead(stack, options));

  program
    .command('schema')
    .description('print the JSON Schema of scenario files, for editors')
    .addHelpText('after', '\nExample:\n  $ fanplan schema > scenario.schema.json')
    .action(async () => (await import('./schema.js')).schema());

  program
    .command('init')
    .description('write a commented scenario to start from')
    .argument('[file]', 'where to; - prints it', 'scenario.yaml')
    .option('-f, --force', 'overwrite an existing file')
    .addHelpText('after', '\nExample:\n  $ fanplan init my-utility.yaml && fanplan run my-utility.yaml')
    .action(async (file: string, options) => (await import('./init.js')).init(file, options));

  program
    .command('completion')
    .description('print a completion script for your shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', '\nExample:\n  $ fanplan completion bash >> ~/.bashrc')
    .action(async (shell: string) => (await import('./completion.js')).completion(shell, program));
}
