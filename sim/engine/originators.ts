import { Process } from '../plan.js';
import type { Program } from './program.js';
import { hopsBelow } from './tracking.js';

/**
 * Devices that send messages of a source row, as a function of the instance. Answers are sent by those who were asked: as
 * many as may receive what causes them there, whatever the plan says of their source.
 * O(sources x causes of the row); the function: O(what may cause it).
 */
export function originators(program: Program, row: number, asking: readonly number[] = []): (i: number) => number {
  const { sources, causes } = program.plan;
  const own = sources.devices[row];
  if (sources.process[row] !== Process.caused || asking.includes(row)) return () => own;
  const askers: ((i: number) => number)[] = [];
  const triggers = new Set(causes.trigger.filter((_, c) => causes.source[c] === row));
  for (const flow of triggers) {
    for (let asker = 0; asker < sources.name.length; asker++) {
      for (const h of deliveringHops(program, asker, flow)) {
        if (program.hops.boundKind[h] !== sources.kind[row]) continue;
        const members = program.hops.members[h];
        const devices = members === undefined ? originators(program, asker, [...asking, row]) : undefined;
        const reaches = covering(program, asker, row);
        askers.push((i) => (reaches(i) ? (members?.[i] ?? devices!(i)) : 0));
      }
    }
  }
  return (i) => askers.reduce((most, devicesIn) => Math.max(most, devicesIn(i)), own);
}

/** Hops of a source's tree that deliver `flow`. */
export function deliveringHops({ plan }: Program, row: number, flow: number): number[] {
  const { sources, hops } = plan;
  for (let i = sources.flowStart[row]; i < sources.flowStart[row + 1]; i++) {
    if (sources.flowItem[i] === flow) {
      return hopsBelow(plan, sources.rootHop[row]).filter((h) => hops.deliverFlow[h] === flow);
    }
  }
  return [];
}

/** Whether messages of source `asker` may reach an instance of the area kind of source `row`: any by broadcast. */
function covering({ plan: { sources } }: Program, asker: number, row: number): (i: number) => boolean {
  if (sources.kind[asker] !== sources.kind[row]) return () => true;
  const first = sources.firstInstance[asker];
  return (i) => i >= first && i < first + sources.instanceCount[asker];
}
