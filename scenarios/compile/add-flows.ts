/** Which flows of the catalogue take part, in the order of commands and answers. */
import type { LeftOutBy, OutOfScope } from '../../sim/plan.js';
import type { CompileContext, RowFlow } from './context.js';
import { type Flows, noMembers } from './flows.js';
import { type Absence, outOfScopeReason } from './scope.js';

/**
 * Adds all flows in play: answers after what they answer, in as many rounds as answers answer answers.
 * @param items in the order of the catalogue; with an answer what it answers
 * @param added called after each flow that is tried, with its round
 * @returns the others, with the reason
 */
export function addFlows(
  flows: Flows,
  context: CompileContext,
  items: Iterable<RowFlow>,
  added?: (item: RowFlow, round: number) => void,
): OutOfScope[] {
  const outOfScope: OutOfScope[] = [];
  const leaveOut = ({ row, flow }: RowFlow, { by, reason }: Absence) => {
    const { useCase, section, payload } = row;
    outOfScope.push({ catalogueFlow: flow.id, useCase, section, payload, by, reason });
  };
  const membersOf = ({ flow }: RowFlow) =>
    Math.round(context.count(context.population(flow.howOften.population).count));

  let waiting: RowFlow[] = [];
  for (const item of items) {
    const absence = outOfScopeReason(item, context);
    if (absence === undefined) waiting.push(item);
    else leaveOut(item, absence);
  }
  const isReady = ({ flow }: RowFlow) => flow.answers === undefined || flows.compiled(flow.answers.to) !== undefined;
  let round = 0;
  for (let ready = new Set(waiting.filter(isReady)); ready.size > 0; ready = new Set(waiting.filter(isReady))) {
    waiting = waiting.filter((item) => !ready.has(item));
    for (const item of ready) {
      const absence = flows.add(item, membersOf(item));
      if (absence !== undefined) leaveOut(item, absence);
      added?.(item, round);
    }
    round++;
  }
  for (const item of waiting) {
    const command = item.flow.answers!.to;
    leaveOut(
      item,
      membersOf(item) <= 0
        ? noMembers(item.flow, context)
        : {
            by: commandLeftOutBy(item, outOfScope, waiting),
            reason: `the command that it answers (${command}) is not in play`,
          },
    );
  }
  return outOfScope;
}

/** What leaves out the command of an answer; of an answer to an answer that waits as well, the command of that one. */
function commandLeftOutBy(
  { flow }: RowFlow,
  outOfScope: readonly OutOfScope[],
  waiting: readonly RowFlow[],
): LeftOutBy {
  const command = flow.answers!.to;
  const absence = outOfScope.find(({ catalogueFlow }) => catalogueFlow === command);
  if (absence !== undefined) return absence.by;
  const between = waiting.find((item) => item.flow.id === command);
  return between === undefined ? 'user' : commandLeftOutBy(between, outOfScope, waiting);
}
