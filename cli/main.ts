import { Command, CommanderError } from 'commander';
import { version } from '../base/version.js';
import { addCommands } from './commands.js';
import { ExitCode, exitCodeOf, reportFault } from './exit.js';

/**
 * Runs the command line and sets `process.exitCode`; the process then ends by itself, so that a pipe gets everything.
 * @param args without node and script name
 */
export async function main(args: readonly string[]): Promise<void> {
  endQuietlyOnBrokenPipe();
  const program = new Command('fanplan')
    .description('Size, check and compare smart-grid networks from the published application requirements.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .showHelpAfterError('(fanplan --help shows what there is)')
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .addHelpText(
      'after',
      `
Examples:
  $ fanplan init my-utility.yaml         write a commented scenario
  $ fanplan run my-utility.yaml          simulate it and write a report
  $ fanplan catalogue --use-case meter-reading --csv
  $ fanplan profiles AHEM3CvIW+DCSIRsF   what a deployment profile means and carries

Exit codes: 0 done; 1 requirements failed (size, check, --judge); 2 bad input or usage; 3 cannot read or write; 70 a fault of
fanplan; 130 interrupted.`,
    );
  addCommands(program);
  try {
    if (args.length === 0) program.help();
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    else {
      reportFault(error);
      process.exitCode = exitCodeOf(error);
    }
  }
}

/** `fanplan catalogue | head` ends without a word, as other tools do. */
function endQuietlyOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? ExitCode.done);
      throw error;
    });
  }
}
