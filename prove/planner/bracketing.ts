/** The size found passes, and one step less does not: on the replications of the search, and on others. */
import { compile, contextOf } from '../../pipeline.js';
import { simulateReplication } from '../../sim/simulate.js';
import { type SizeResult, sizeStudy } from '../../studies/size/size.js';
import { readDensities } from '../../studies/trial/coverage.js';
import { loadVariant, nameOf, type VariantSetting } from '../../studies/variants/variants.js';
import type { Ledger } from '../ledger.js';
import { HEADROOM, SIZING_CASES, type SizingCase } from './cases.js';
import { judge } from './judge.js';

/** Replications that the search has not seen. */
const FRESH = Array.from({ length: 20 }, (_, i) => 101 + i);

export async function proveBracketing(ledger: Ledger): Promise<string[][]> {
  const table: string[][] = [];
  for (const one of SIZING_CASES) {
    const result = await sized(one);
    const { found, ladders } = result;
    ledger.claim(`${one.what}: a size is found`, found?.steps === undefined ? [one.source.file] : []);
    if (found?.steps === undefined) continue;
    claimFound(ledger, one, result);
    claimLess(ledger, one, result);
    const violations = found.brackets.flatMap((bracket, i) =>
      bracket.violations.map(
        ({ pass, notPass }) =>
          `${ladders[i]!.steps[notPass]!.text} fails above ${ladders[i]!.steps[pass]!.text}, which passes`,
      ),
    );
    table.push([
      one.what,
      nameOf(found.tried.settings),
      found.less.map((less) => (less === undefined ? 'none' : `${nameOf(less.settings)}: ${less.outcome}`)).join('; '),
      String(result.tried.length),
      violations.join('; ') || 'none',
    ]);
  }
  return table;
}

export function sized({ source, vary, loads }: SizingCase): Promise<SizeResult> {
  return sizeStudy(source, {
    vary,
    loads,
    headroom: HEADROOM,
    replications: 5,
    mostReplications: 20,
    densities: readDensities([]),
    density: undefined,
    growthFile: undefined,
    years: 10,
    simulate: async (plan, numbers) => numbers.map((number) => simulateReplication(plan, number)),
  });
}

/** It passes when judged again by itself, and other replications do not show that it fails. */
function claimFound(ledger: Ledger, { what, source }: SizingCase, { found, cases }: SizeResult): void {
  const { settings, cases: trials } = found!.tried;
  const again: string[] = [];
  const fresh: string[] = [];
  for (const [i, loadCase] of cases.entries()) {
    const plan = compile(loadCase.of(scenarioOf(source, settings)));
    const numbers = Array.from({ length: trials[i]!.replications }, (_, at) => at + 1);
    const own = judge(plan, numbers, 1 - HEADROOM);
    if (own.outcome !== 'pass') again.push(`${loadCase.name}: ${own.outcome}`, ...own.against);
    const other = judge(plan, FRESH, 1 - HEADROOM);
    if (other.outcome === 'fail') fresh.push(`${loadCase.name}`, ...other.against);
  }
  ledger.claim(`${what}: ${nameOf(settings)} passes under ${cases.map(({ name }) => name).join(', ')}`, again);
  ledger.claim(`${what}: ${nameOf(settings)} does not fail on ${FRESH.length} other replications`, fresh);
}

/** One step less of each ladder is the step before, does not pass, and where it fails does not pass on others either. */
function claimLess(ledger: Ledger, { what, source }: SizingCase, { found, ladders, cases }: SizeResult): void {
  const { steps, less, tried } = found!;
  for (const [i, one] of less.entries()) {
    const at = steps![i]!;
    if (one === undefined) {
      ledger.claim(`${what}: ${ladders[i]!.key} has nothing below its first step`, at === 0 ? [] : [String(at)]);
      continue;
    }
    const expected = tried.settings.with(i, ladders[i]!.steps[at - 1]!);
    const name = nameOf(expected);
    const wrong = nameOf(one.settings) === name ? [] : [`looked at ${nameOf(one.settings)}`];
    if (one.outcome === 'pass') wrong.push('it passes');
    if (one.outcome === 'fail') {
      const outcomes = cases.map((loadCase) =>
        judge(compile(loadCase.of(scenarioOf(source, expected))), FRESH, 1 - HEADROOM),
      );
      if (outcomes.every(({ outcome }) => outcome === 'pass')) wrong.push('it passes on other replications');
    }
    ledger.claim(`${what}: ${name}, one step less, ${one.outcome === 'fail' ? 'fails' : 'is no pass'}`, wrong);
  }
}

function scenarioOf(source: SizingCase['source'], settings: readonly VariantSetting[]) {
  return loadVariant({ name: source.file, source, settings }, contextOf);
}
