/**
 * Where more of a resource may make things worse (a finite buffer): the search tries the steps beside its
 * bracket, and what it reports is what judging these steps again shows.
 */
import { compile, contextOf } from '../../pipeline.js';
import { loadVariant } from '../../studies/variants/variants.js';
import type { Ledger } from '../ledger.js';
import { sized } from './bracketing.js';
import { HEADROOM, type SizingCase } from './cases.js';
import { judge } from './judge.js';

/** Last gasps that a slow mesh smooths; a fast one floods the buffer of the backhaul. */
const FLOODED: SizingCase = {
  what: 'a finite buffer behind the rate that varies',
  source: {
    file: 'flooded.yaml',
    text: `name: Flooded
profile: ACvW
useCases: [orm]
only: [otg_ntf_evnt_data]
deployment: { meters: 800, daps: 1 }
start: 2026-07-15 13:30
duration: 90 min
warmUp: none
payloads: { otg_ntf_evnt_data: { latency: 10 min, reliability: 95% } }
events:
  - outage: { at: 14:00, share: 90%, duration: 1 hr, spread: 10 s, holdUp: 20 min, name: storm }
links:
  all: { rate: unlimited, delay: 0 s }
  NAN: { rate: 2 kbit/s, delay: 5 ms }
  WAN: { rate: 5 kbit/s, delay: 20 ms, buffer: 2 kB }
`,
  },
  vary: ['NAN.rate=500,2000,50000 bit/s'],
  loads: ['storm'],
};

/** @returns rows of case, steps that were tried with their outcomes, violations */
export async function proveElsewhere(ledger: Ledger): Promise<string[][]> {
  const table: string[][] = [];
  for (const one of [FLOODED]) {
    const { found, ladders, cases } = await sized(one);
    const own = found!.brackets[0];
    ledger.claim(`${one.what}: a size is found`, own === undefined ? ['none'] : []);
    if (own === undefined) continue;
    const { steps } = ladders[0]!;
    const at = found!.steps![0]!;
    const beside = [at - 2, at - 1, at + 1].filter((step) => step >= 0 && step < steps.length);
    const untried = beside.filter((step) => !own.tried.has(step)).map((step) => steps[step]!.text);
    ledger.claim(`${one.what}: the steps beside the bracket are tried`, untried);
    const outcomes = new Map(
      [...own.tried.keys()].map((step) => {
        const { source } = one;
        const scenario = loadVariant({ name: source.file, source, settings: [steps[step]!] }, contextOf);
        const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
        return [step, judge(compile(cases[0]!.of(scenario)), numbers, 1 - HEADROOM).outcome] as const;
      }),
    );
    const expected = [...outcomes].flatMap(([pass, outcome]) =>
      [...outcomes]
        .filter(([step, other]) => outcome === 'pass' && other === 'fail' && step > pass)
        .map(([step]) => `${steps[step]!.text} fails above ${steps[pass]!.text}`),
    );
    const reported = own.violations.map(
      ({ pass, notPass }) => `${steps[notPass]!.text} fails above ${steps[pass]!.text}`,
    );
    ledger.claim(`${one.what}: what fails above a pass is reported, ${reported.length}`, [
      ...expected.filter((text) => !reported.includes(text)).map((text) => `not reported: ${text}`),
      ...(reported.length === 0 ? ['nothing is out of order, so that this shows nothing'] : []),
    ]);
    const tried = [...own.tried].map(([step, outcome]) => `${steps[step]!.text}: ${outcome}`).join(', ');
    table.push([one.what, tried, reported.join('; ')]);
  }
  return table;
}
