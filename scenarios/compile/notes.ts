/** What compiling a flow decided, as assumptions of the run. */
import { ASSUMABLE } from '../../payloads/types.js';
import type { CompileContext, RowFlow } from './context.js';
import type { Leg } from './legs.js';
import { overrideOf } from './scope.js';

export function noteFlow(item: RowFlow, legs: readonly Leg[], context: CompileContext): void {
  noteReadings(item, context);
  noteAssumed(item, context);
  noteWhoIsLeftOut(item, legs, context);
  noteReconstructions(legs, context);
}

/** Polling orders what a master asks at its rate; other flows have another cause. */
export function notePolling({ flow }: RowFlow, { assumptions }: CompileContext): void {
  assumptions.add({
    kind: 'limit',
    key: flow.id,
    value: 'polling has no effect',
    reason: 'it is sent when its event happens or when it is asked, not by a master in rounds',
  });
}

function noteReadings({ row, flow }: RowFlow, { assumptions }: CompileContext): void {
  const note = (key: string, value: string) =>
    assumptions.add({ kind: 'reading', key, value, reason: 'the source needs a decision here', source: 'catalogue' });
  for (const reading of row.readings) note(row.id, reading);
  if (flow.reading !== undefined) note(flow.id, flow.reading);
  if (row.origin !== 'derived') return;
  assumptions.add({
    kind: 'derived',
    key: row.id,
    value: row.payload,
    reason: 'row built by analogy, as its reading says',
    source: 'catalogue',
  });
}

/** Figures that the source does not state and the scenario does not give either. */
function noteAssumed(item: RowFlow, context: CompileContext): void {
  const { flow } = item;
  const own = overrideOf(item, context);
  const given = {
    howOften: own.perDay,
    latency: own.latencyS,
    reliability: own.reliability,
    when: own.when,
    size: own.sizeB,
  };
  // `after` is of an answer, which causes.ts notes.
  for (const figure of ASSUMABLE) {
    if (figure === 'after') continue;
    const reason = flow.assumed?.[figure];
    if (reason === undefined || given[figure] !== undefined) continue;
    context.assumptions.add({ kind: 'default', key: `${flow.id} ${figure}`, value: flow[figure].text, reason });
  }
}

/** Actors that the flow names and that take no part: the profile lacks them, or the population does not count them. */
function noteWhoIsLeftOut({ flow }: RowFlow, legs: readonly Leg[], context: CompileContext): void {
  const { assumptions, topology, profile } = context;
  const ends = legs.flatMap((leg) => leg.ways.flatMap((way) => [...way.from.split(', '), ...way.to.split(', ')]));
  const taking = new Set(ends);
  const { name, actors } = context.population(flow.howOften.population);
  for (const actor of [...flow.from, ...flow.to]) {
    if (taking.has(actor)) continue;
    const absence = topology.absence(actor);
    const note = (key: string, reason: string, source: string) =>
      assumptions.add({ kind: 'limit', key, value: `without ${actor}`, reason, source });
    if (absence !== undefined) note(`profile ${profile.code}`, absence, 'profile');
    else if (actors.includes(actor))
      note(flow.id, 'the deployment has none of them, or no route leads there', 'profile');
    else if (topology.countOf(actor) !== undefined) {
      note(
        `population ${name}`,
        'named beside the counted devices and not counted: it has no messages of its own here',
        'catalogue',
      );
    } else note(flow.id, 'no route leads there under the profile', 'profile');
  }
}

function noteReconstructions(legs: readonly Leg[], { assumptions, topology }: CompileContext): void {
  for (const hop of legs.flatMap((leg) => leg.ways.flatMap((way) => way.route.hops))) {
    const how = topology.reconstructed(hop.ref);
    if (how === undefined || !assumptions.first(`data flow ${hop.ref}`)) continue;
    assumptions.add({
      kind: 'reading',
      key: `data flow ${hop.ref}`,
      value: how.ends,
      reason: `reconstructed: ${how.basis}`,
      source: 'reference diagram',
    });
  }
}
