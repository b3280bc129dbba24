import type { Command } from 'commander';
import { InputError } from '../base/diagnostics.js';
import { nearestName } from '../base/nearest.js';

const SHELLS = { bash, zsh, fish } as const;

/** Prints a completion script made from the commands themselves: verbs, options, and files for everything else. */
export function completion(shell: string, program: Command): void {
  const write = SHELLS[shell as keyof typeof SHELLS];
  if (write === undefined) {
    const names = Object.keys(SHELLS);
    const nearest = nearestName(shell, names);
    throw new InputError([
      {
        code: 'UNKNOWN_NAME',
        file: 'fanplan completion',
        path: 'shell',
        message: 'there is no completion for this shell',
        found: shell,
        allowed: names.join(', '),
        ...(nearest === undefined ? {} : { nearest }),
      },
    ]);
  }
  process.stdout.write(write(verbs(program)));
}

interface Verb {
  readonly name: string;
  readonly description: string;
  readonly options: readonly { readonly flag: string; readonly description: string }[];
}

function verbs(program: Command): Verb[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [
      ...command.options.map((option) => ({
        flag: option.long ?? option.short ?? '',
        description: option.description,
      })),
      { flag: '--help', description: 'show help' },
    ],
  }));
}

function bash(all: readonly Verb[]): string {
  const cases = all.map(
    (verb) => `    ${verb.name}) words="${verb.options.map((option) => option.flag).join(' ')}" ;;`,
  );
  return `# bash completion of fanplan
_fanplan() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map((verb) => verb.name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _fanplan fanplan
`;
}

function zsh(all: readonly Verb[]): string {
  const quote = (text: string) => text.replace(/'/g, '’').replace(/[[\]:]/g, ' ');
  const list = all.map((verb) => `    '${verb.name}:${quote(verb.description)}'`);
  const cases = all.map(
    (verb) =>
      `    ${verb.name}) _arguments ${verb.options.map((option) => `'${option.flag}[${quote(option.description)}]'`).join(' ')} '*:file:_files' ;;`,
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
    `complete -c fanplan -n __fish_use_subcommand -a ${verb.name} -d '${quote(verb.description)}'`,
    ...verb.options.map(
      (option) =>
        `complete -c fanplan -n '__fish_seen_subcommand_from ${verb.name}' -l ${option.flag.replace(/^--/, '')} -d '${quote(option.description)}'`,
    ),
  ]);
  return `# fish completion of fanplan\n${lines.join('\n')}\n`;
}
