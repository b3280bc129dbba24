/** Rules of the documents that limit flows: a scenario that goes beyond one is refused. */
import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import type { FlowRule } from '../../payloads/types.js';
import type { CompileContext } from './context.js';
import type { Compiled } from './flows.js';

/**
 * Checks the rules of the catalogues against what a scenario made of their flows: at its rate and in the events that it
 * schedules.
 * @param compiled flows in play
 * @throws InputError with every rule that is broken
 */
export function checkRules(compiled: readonly Compiled[], context: CompileContext): void {
  const problems = context.catalogue.rules.flatMap((rule) => {
    const concerned = compiled.filter(
      ({ item }) =>
        rule.payloads.includes(item.row.payload) &&
        (rule.labels === undefined || (item.flow.label !== undefined && rule.labels.includes(item.flow.label))),
    );
    if (concerned.length === 0) return [];
    const most = context.count(String(rule.most));
    const found =
      rule.limits === 'answerS'
        ? Math.max(...concerned.map(({ answerS }) => answerS))
        : concerned.reduce((sum, { yearly }) => sum + yearly, 0);
    return found > most * (1 + 1e-9) ? [problemOf(rule, found, most, concerned, context)] : [];
  });
  if (problems.length > 0) throw new InputError(problems);
}

function problemOf(
  { rule, limits, payloads }: FlowRule,
  found: number,
  most: number,
  concerned: readonly Compiled[],
  { scenario }: CompileContext,
): Diagnostic {
  const amount = (value: number) =>
    limits === 'answerS' ? `${Number((value / 86_400).toPrecision(6))} days` : `${Number(value.toPrecision(6))}`;
  const [only] = concerned.map(({ item }) => item.row.payload);
  return {
    code: 'OUT_OF_RANGE',
    file: scenario.file,
    path: `payloads.${limits === 'answerS' ? `${only}.spread` : payloads.join(' + ')}`,
    message: `this is more than a rule allows: ${rule}`,
    found:
      limits === 'answerS'
        ? amount(found)
        : `${amount(found)} per member and year, by rates and by scheduled events together`,
    allowed: `up to ${amount(most)}`,
  };
}
