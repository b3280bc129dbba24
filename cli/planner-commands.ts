/** The verbs that ask the inverse: how large, and whether. */
import { type Command, InvalidArgumentError } from 'commander';
import { formatOption } from './format-option.js';
import { wholeNumber } from './whole-number.js';

const PLACES = ['urban', 'suburban', 'rural'];

export function addPlannerCommands(program: Command): void {
  const sizing = program
    .command('size')
    .description('find the smallest network that meets every requirement, and when it runs out')
    .argument('<scenario>', 'scenario file (YAML); - reads standard input')
    .option(
      '--vary <key>',
      'what may vary, again for more: NAN.rate, NAN.technology, endpointsPerDap, daps, KEY=1,2,5',
      collect,
    )
    .option('--at <place>', 'bound endpoints per DAP by what the NAN reaches there: urban, suburban, rural', placeName)
    .option('--growth <file>', 'forecast (YAML, key growth); default: the scenario’s own')
    .option('--years <number>', 'years of operation that count with the cost of building', wholeNumber, 10)
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan size city.yaml                                 every link class with a rate
  $ fanplan size city.yaml --vary NAN.rate --load baseload,highload
  $ fanplan size city.yaml --vary NAN.technology --vary endpointsPerDap
  $ fanplan size city.yaml --vary none --growth forecast.yaml`,
    );
  common(sizing, 20, '30%').action(async (scenario: string, options) =>
    (await import('./size.js')).size(scenario, options),
  );

  const checking = program
    .command('check')
    .description('whether a technology, or a network, meets the requirements of a profile, and for how many endpoints')
    .argument(
      '[scenario]',
      'scenario file (YAML); without it one is made in which only the network under test is limited',
    )
    .option('--technology <names>', 'technologies of the library, with commas, or all that serve the network')
    .option('--network <name>', 'network under test (default: NAN)')
    .option('--profile <code>', 'deployment profile (default: the scenario’s; AHEM3CvIW, for FAN and SubLAN DCSIRsF)')
    .option(
      '--endpoints-per-dap <number>',
      'endpoints of one gateway (default: 1000; of FAN 14 feeder devices)',
      wholeNumber,
    )
    .option('--stack <protocols>', 'protocols over the network under test, e.g. 6lowpan/udp/dtls/coap')
    .option('--leave-out <payloads>', 'payloads that are switched off, with commas: nothing can be stated then', list)
    .option('--no-largest', 'only the verdict, no search for the most endpoints')
    .option('--search-replications <number>', 'at most, of each number in that search', wholeNumber, 20)
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan check --technology wi-sun-fsk-150 --load baseload,highload --profile AHEM3CvIW --endpoints-per-dap 1000
  $ fanplan check --technology wi-sun-fsk-50,wi-sun-fsk-150,lte-m --load baseload
  $ fanplan check city.yaml                                is the network enough as it is?

Exit code 0 when everything passes, 1 when something fails or stays undecided.`,
    );
  common(checking, 100, '0%').action(async (scenario: string | undefined, options) =>
    (await import('./check.js')).check(scenario, options),
  );
}

/** What both verbs have. */
function common(command: Command, mostReplications: number, headroom: string): Command {
  return command
    .option('--load <cases>', 'baseload, highload, names of events, with commas', list)
    .option('--headroom <share>', 'of every link’s busy hour that stays free', headroom)
    .option('--density <place=number>', 'premises per km², again for more: urban=1200', collect)
    .option('-n, --replications <number>', 'replications to begin with', wholeNumber, 5)
    .option('--most-replications <number>', 'at most, while verdicts are undecided', wholeNumber, mostReplications)
    .option('-s, --seed <seed>', 'seed, instead of the scenario’s')
    .option('-w, --workers <number>', 'threads (default: the cores at hand); results do not depend on it', wholeNumber)
    .option('-o, --output <folder>', 'where the results go')
    .option('-f, --force', 'replace an existing result')
    .addOption(formatOption())
    .option('--json', 'print the study with its tables as JSON instead of the summary')
    .option('-q, --quiet', 'print nothing but errors');
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function list(text: string): string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.includes('')) throw new InvalidArgumentError('It must be names with commas between them.');
  return items;
}

function placeName(text: string): string {
  if (PLACES.includes(text)) return text;
  throw new InvalidArgumentError(`It must be one of ${PLACES.join(', ')}.`);
}
