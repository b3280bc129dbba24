import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyFolder, fanplan, shell } from './support.js';

const VERBS = [
  'run',
  'plan',
  'catalogue',
  'profiles',
  'paths',
  'technologies',
  'overhead',
  'schema',
  'init',
  'completion',
];

const usage = suite('fanplan');

usage('shows its verbs and exit codes with --help, and exits 0', () => {
  const { code, out } = fanplan(['--help']);
  assert.is(code, 0);
  for (const verb of VERBS) {
    assert.match(out, new RegExp(`\\n  ${verb}`));
  }
  assert.match(out, /Exit codes/);
});

usage('has an example in the help of every verb', () => {
  for (const verb of VERBS) {
    assert.match(fanplan([verb, '--help']).out, new RegExp(`Examples?:\\n  \\$ fanplan ${verb}`), verb);
  }
});

usage('exits 2 for an unknown verb, an unknown option, a missing argument and a number that is none', () => {
  for (const args of [['rnu', 'x'], ['run', '--forse', 'x'], ['run'], ['run', 'x', '-n', 'many'], []]) {
    const { code, err, out } = fanplan(args);
    assert.is(code, args.length === 0 ? 0 : 2, args.join(' '));
    assert.not.match(err + out, /\n {4}at /, 'no stack trace');
  }
});

usage('suggests the verb that was meant', () => {
  assert.match(fanplan(['catalog']).err, /Did you mean catalogue/);
});

usage('exits 2 for a scenario that does not exist and 3 for one that cannot be read', () => {
  assert.is(fanplan(['plan', 'nowhere.yaml']).code, 2);
  assert.is(fanplan(['plan', emptyFolder()]).code, 3);
});

usage('prints its version', () => {
  assert.match(fanplan(['--version']).out, /^\d+\.\d+\.\d+\n$/);
});

usage('writes a scenario to start from, keeps an existing file, and plans what it wrote', () => {
  const file = join(emptyFolder(), 'mine.yaml');
  assert.is(fanplan(['init', file]).code, 0);
  const kept = readFileSync(file, 'utf8');
  const second = fanplan(['init', file]);
  assert.is(second.code, 2);
  assert.match(second.err, /--force/);
  assert.is(readFileSync(file, 'utf8'), kept);
  assert.is(fanplan(['plan', file]).code, 0);
});

usage('prints a JSON Schema that names the top-level keys', () => {
  const schema = JSON.parse(fanplan(['schema']).out) as { properties: Record<string, unknown> };
  for (const key of ['name', 'profile', 'deployment', 'links', 'events']) assert.ok(key in schema.properties, key);
});

usage('completes verbs and options in three shells, and says which shells there are', () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { out, code } = fanplan(['completion', shell]);
    assert.is(code, 0);
    assert.match(out, /catalogue/);
    assert.match(out, /replications/);
  }
  assert.match(fanplan(['completion', 'zhs']).err, /nearest {2}zsh/);
});

usage('completes verbs of verbs and values of options, in bash', () => {
  const complete = (...words: string[]) =>
    shell(
      `eval "$(fanplan completion bash)"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _fanplan; echo "\${COMPREPLY[@]}"`,
      emptyFolder(),
    ).out.trim();
  assert.is(complete('fanplan', 'catalogue', 'ch'), 'check');
  assert.is(complete('fanplan', 'run', '--engine', ''), 'simulation closed-form simjs');
  assert.is(complete('fanplan', 'check', '--load', 'h'), 'highload');
  assert.is(complete('fanplan', 'size', '--va'), '--vary');
});

usage('reads a scenario with byte order mark and CRLF from standard input', () => {
  const input = '\uFEFFname: crlf\r\nprofile: ACvIW\r\ndeployment:\r\n  meters: 100\r\n';
  const { code, out, err } = fanplan(['plan', '-'], { input });
  assert.is(code, 0, err);
  assert.match(out, /^crlf: profile ACvIW/);
});

usage('reports every mistake of a file at once, with place and nearest name', () => {
  const folder = emptyFolder();
  const file = join(folder, 'typo.yaml');
  writeFileSync(file, 'name: x\nprofil: ACvIW\nprofile: ACvWI\nlinks:\n  NAN: { rate: 5 kg }\nload: base\n');
  const { code, err } = fanplan(['run', file], { cwd: folder });
  assert.is(code, 2);
  assert.match(err, /typo\.yaml:2:1 {2}profil {2}UNKNOWN_KEY/);
  assert.match(err, /nearest {2}profile/);
  assert.match(err, /WRONG_UNIT/);
  assert.match(err, /UNKNOWN_NAME/);
  assert.match(err, /\d problems/);
  assert.not.ok(existsSync(join(folder, 'results')));
});

usage.run();
