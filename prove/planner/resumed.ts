/** Studies that a signal stops and that are started again: the bytes of every file are those of an undisturbed one. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderContents } from '../../test/cli/folder-contents.js';
import { emptyFolder, fanplan, interrupt } from '../../test/cli/support.js';
import type { Ledger } from '../ledger.js';

/** Large enough that a signal is heard seconds before a study would end by itself, on a busy machine as well. */
const TOWN = `name: Town
profile: ACvIW
useCases: [meter-reading, orm]
deployment: { meters: 16000, daps: 40 }
duration: 3 days
warmUp: none
links:
  NAN: { rate: 20 kbit/s, delay: 5 ms }
  WAN: { rate: 100 kbit/s, delay: 20 ms }
`;

interface Study {
  readonly words: readonly string[];
  /** What it says on standard error when it is in the middle, at the first attempt and at the next. */
  readonly stopAt: readonly RegExp[];
}

const STUDIES: readonly Study[] = [
  {
    words: ['sweep', 'town.yaml', '--vary', 'NAN.rate=20,40,80 kbit/s', '--vary', 'load=baseload,highload', '-n', '3'],
    stopAt: [/simulating: 25%/, /simulating: 50%/],
  },
  {
    words: ['compare', 'town.yaml', '--vary', 'NAN.rate=20,40,80 kbit/s', '-n', '5', '--shortlist', '3'],
    stopAt: [/simulating: 25%/, /simulating: 50%/],
  },
  { words: ['n-1', 'town.yaml', '-n', '3'], stopAt: [/%/] },
  {
    words: ['sensitivity', 'town.yaml', '-e', 'simulation', '--range', 'NAN.rate=10..40 kbit/s', '-n', '2'],
    stopAt: [/(simulat|sensitivity).*25%/],
  },
  {
    words: ['size', 'town.yaml', '--vary', 'NAN.rate', '--most-replications', '5'],
    stopAt: [/^(pass|fail|undecided)/m],
  },
  {
    // One thread: one case after the other.
    words: ['check', 'town.yaml', '--load', 'baseload,highload', '--most-replications', '5', '--no-largest', '-w', '1'],
    stopAt: [/1 of 2 cases/],
  },
];

/** `fanplan` as a process of its own, with real signals. */
export async function proveResumed(ledger: Ledger): Promise<void> {
  const home = emptyFolder();
  writeFileSync(join(home, 'town.yaml'), TOWN);
  for (const [i, { words, stopAt }] of STUDIES.entries()) {
    const verb = words[0]!;
    const whole = fanplan([...words, '-o', `whole-${i}`], { cwd: home });
    const folder = `stopped-${i}`;
    const wrong: string[] = [];
    const kept: number[] = [];
    for (const [attempt, ready] of stopAt.entries()) {
      const signal = attempt === 0 ? 'SIGINT' : 'SIGTERM';
      const stopped = await interrupt([...words, '-o', folder], ready, signal, home);
      if (stopped.code !== 130) wrong.push(`${signal} ends with ${stopped.code}: ${stopped.err.slice(-300)}`);
      if (existsSync(join(home, folder))) wrong.push(`${signal}: a folder stands under the final name`);
      const unfinished = join(home, `${folder}.unfinished`, 'replications');
      kept.push(existsSync(unfinished) ? readdirSync(unfinished).length : 0);
    }
    const resumed = fanplan([...words, '-o', folder], { cwd: home });
    if (kept.some((count, at) => count === 0 || count <= (kept[at - 1] ?? 0))) wrong.push(`kept ${kept.join(', ')}`);
    if (resumed.code !== whole.code) wrong.push(`ends with ${resumed.code}, undisturbed with ${whole.code}`);
    wrong.push(...differences(join(home, `whole-${i}`), join(home, folder)));
    ledger.claim(
      `${verb}: stopped by ${stopAt.length === 1 ? 'SIGINT' : 'SIGINT, then by SIGTERM'} with ${kept.join(', then ')} replications and resumed, the bytes of an undisturbed one`,
      wrong,
    );
  }
}

function differences(wholeFolder: string, resumedFolder: string): string[] {
  if (!existsSync(wholeFolder) || !existsSync(resumedFolder)) return ['no folder of results'];
  const [whole, resumed] = [wholeFolder, resumedFolder].map((folder) => new Map(folderContents(folder)));
  const names = [...new Set([...whole!.keys(), ...resumed!.keys()])];
  const differ = names.filter((name) => whole!.get(name) !== resumed!.get(name));
  return names.length < 5 ? [`only ${names.length} files`] : differ.map((name) => `${name} differs`);
}
