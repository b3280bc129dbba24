import type { Command } from 'commander';
import { InputError } from '../base/diagnostics.js';
import { nearestTo } from '../base/nearest.js';

const SHELLS = { bash, zsh, fish } as const;

/** Values of options that the commands do not list themselves. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '--at': ['urban', 'suburban', 'rural'],
  '--load': ['baseload', 'highload'],
  '--loads': ['baseload', 'highload', 'baseload,highload'],
  '--profiles': ['all', 'all-ami', 'all-da', 'printed', 'none'],
};

/** Prints a completion script made from the commands themselves: verbs, options with their values, and files for everything else. */
export function completion(shell: string, program: Command): void {
  const write = SHELLS[shell as keyof typeof SHELLS];
  if (write === undefined) {
    const names = Object.keys(SHELLS);
    throw new InputError([
      {
        code: 'UNKNOWN_NAME',
        file: 'fanplan completion',
        path: 'shell',
        message: 'there is no completion for this shell',
        found: shell,
        allowed: names.join(', '),
        ...nearestTo(shell, names),
      },
    ]);
  }
  process.stdout.write(write(verbs(program)));
}

interface Verb {
  readonly name: string;
  readonly description: string;
  /** Words that may stand behind it: verbs of its own (`check` of `catalogue check`), shells. */
  readonly subverbs: readonly string[];
  readonly options: readonly {
    readonly flag: string;
    readonly description: string;
    readonly takesValue: boolean;
    /** Empty: anything. */
    readonly values: readonly string[];
  }[];
}

function verbs(program: Command): Verb[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    subverbs: command.name() === 'completion' ? Object.keys(SHELLS) : command.commands.map((own) => own.name()),
    options: [
      ...[command, ...command.commands]
        .flatMap(({ options }) => options)
        .map((option) => ({
          flag: option.long ?? option.short ?? '',
          description: option.description,
          takesValue: option.required || option.optional,
          values: option.argChoices ?? KNOWN[option.long ?? ''] ?? [],
        })),
      { flag: '--help', description: 'show help', takesValue: false, values: [] },
    ],
  }));
}

function bash(all: readonly Verb[]): string {
  const cases = all.map(
    (verb) =>
      `    ${verb.name}) words="${verb.options.map(({ flag }) => flag).join(' ')}" subverbs="${verb.subverbs.join(' ')}" ;;`,
  );
  const values = all.flatMap((verb) =>
    verb.options
      .filter(({ values: own }) => own.length > 0)
      .map(({ flag, values: own }) => `    ${verb.name}:${flag}) values="${own.join(' ')}" ;;`),
  );
  return `# bash completion of fanplan
_fanplan() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words="" subverbs="" values=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map((verb) => verb.name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[1]}:$before" in
${values.join('\n')}
  esac
  if [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
    return
  fi
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *)
      COMPREPLY=($(compgen -f -- "$current"))
      if [ "$COMP_CWORD" -eq 2 ] && [ -n "$subverbs" ]; then COMPREPLY+=($(compgen -W "$subverbs" -- "$current")); fi
      ;;
  esac
}
complete -o filenames -F _fanplan fanplan
`;
}

function zsh(all: readonly Verb[]): string {
  const quote = (text: string) => text.replace(/'/g, '’').replace(/[[\]]/g, '\\$&');
  const list = all.map((verb) => `    '${verb.name}:${quote(verb.description)}'`);
  // Options with a value may be given again, and take files where they have no list.
  const optionOf = ({ flag, description, takesValue, values }: Verb['options'][number]) =>
    `'${takesValue ? '*' : ''}${flag}[${quote(description)}]${takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}` : ''}'`;
  const cases = all.map(
    ({ name, options, subverbs }) =>
      `    ${name}) _arguments ${options.map(optionOf).join(' ')}${subverbs.length > 0 ? ` '1:word or file:{compadd ${subverbs.join(' ')}; _files}'` : ''} '*:file:_files' ;;`,
  );
  return `#compdef fanplan
_fanplan() {
  local -a verbs
  verbs=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${cases.join('\n')}
  esac
}
compdef _fanplan fanplan
`;
}

function fish(all: readonly Verb[]): string {
  const quote = (text: string) => text.replace(/'/g, '’');
  const lines = all.flatMap((verb) => [
    `complete -c fanplan -n __fish_use_subcommand -f -a ${verb.name} -d '${quote(verb.description)}'`,
    ...verb.options.map(
      (option) =>
        `complete -c fanplan -n '__fish_seen_subcommand_from ${verb.name}' -l ${option.flag.replace(/^--/, '')} ${option.values.length > 0 ? `-x -a '${option.values.join(' ')}' ` : option.takesValue ? '-r ' : ''}-d '${quote(option.description)}'`,
    ),
    ...verb.subverbs.map((own) => `complete -c fanplan -n '__fish_seen_subcommand_from ${verb.name}' -a ${own}`),
  ]);
  return `# fish completion of fanplan\n${lines.join('\n')}\n`;
}
