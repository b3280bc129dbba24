/** Rare events are forced into the busy hour, so that a run exercises them. */
import type { Assumption, Plan, SourceTable } from '../../sim/plan.js';
import { Process } from '../../sim/plan.js';
import { type Volumetrics, volumetrics } from '../../sim/volumetrics.js';

/** Messages of a flow in a run below which it counts as rare, and that it then has at least. */
const ENOUGH = 10;
/** Of larger messages there is one, and they follow each other over the run: images are rolled out one at a time. */
const LARGE_B = 10_000;
const HOUR_S = 3600;

/**
 * Gives flows of which a run has fewer than 10 messages that many more, by single devices at random times in the busy
 * hours of a network; of messages over 10 kB one, evenly spaced over the run. What they have of themselves stays, so that the load is a little
 * higher than required, never lower. Answers come with their commands; those that remain rare (errors) are sent without
 * one. Flows with a deadline after an event are left alone: only the event can exercise them.
 * @param network whose busy hour it is
 * @returns the plan, with what was done among its assumptions. O(cost of volumetrics).
 */
export function withRareEvents(plan: Plan, network: string): Plan {
  const first = volumetrics(plan);
  const hours = busyHours(plan, network, first);
  if (hours.length === 0) return plan;
  const commands = forced(plan, first, hours, (process) => process !== Process.caused);
  const answers = forced(commands.plan, volumetrics(commands.plan), hours, (process) => process === Process.caused);
  const count = commands.count + answers.count;
  if (count === 0) return plan;
  const large = commands.large + answers.large;
  const label = plan.time.binLabel[Math.floor(hours[0]! / plan.time.binS)]!.slice(-'hh:mm'.length);
  const assumption: Assumption = {
    kind: 'choice',
    key: 'rare events',
    value: `${count} sources`,
    unit: `with at least ${ENOUGH} messages in each run`,
    reason: `what an ordinary run sends less than ${ENOUGH} times is sent in the busy hour of ${network} (${label}) as well, so that its requirement is exercised when the network is busiest; ${large} of them, with messages over ${LARGE_B / 1000} kB, send one each, evenly spaced over the run`,
    source: '',
  };
  return { ...answers.plan, assumptions: [...plan.assumptions, assumption] };
}

/** Starts of the bins of the network's busiest clock hour, one for each day. */
function busyHours({ time, links }: Plan, network: string, { bins: perBin, linkStart }: Volumetrics): number[] {
  const bins = time.binHour.length;
  const bytes = new Float64Array(24);
  links.network.forEach((of, link) => {
    if (of !== network) return;
    for (let row = linkStart[link]!; row < linkStart[link + 1]!; row++) {
      for (let bin = 0; bin < bins; bin++) bytes[time.binHour[bin]!]! += perBin.bytes[row * bins + bin]!;
    }
  });
  const most = Math.max(...bytes);
  if (most === 0) return [];
  const hour = bytes.indexOf(most);
  return [...time.binHour].flatMap((of, bin) =>
    of === hour && (bin + 1) * time.binS <= time.horizonS ? [bin * time.binS] : [],
  );
}

function forced(
  plan: Plan,
  { flows: { delivered } }: Volumetrics,
  hours: readonly number[],
  isMeant: (process: number) => boolean,
): { plan: Plan; count: number; large: number } {
  const { sources, flows } = plan;
  const isRare = (flow: number) => delivered[flow]! < ENOUGH && Number.isNaN(flows.deadlineS[flow]!);
  const served = new Set<number>();
  const chosen: number[] = [];
  for (let source = 0; source < sources.name.length; source++) {
    const own = sources.flowItem.subarray(sources.flowStart[source], sources.flowStart[source + 1]);
    if (!isMeant(sources.process[source]!) || !own.some((flow) => isRare(flow) && !served.has(flow))) continue;
    for (const flow of own) served.add(flow);
    chosen.push(source);
  }
  if (chosen.length === 0) return { plan, count: 0, large: 0 };
  const large = chosen.filter((source) => sources.sizeB[source]! > LARGE_B);
  const bursts = chosen.map((source) => {
    const turn = large.indexOf(source);
    if (turn >= 0) return [((turn + 0.5) / large.length) * (plan.time.horizonS - HOUR_S)];
    const times = Math.ceil(ENOUGH / sources.instanceCount[source]!);
    return Array.from({ length: times }, (_, i) => hours[i % hours.length]!).sort((a, b) => a - b);
  });
  const table = withBursts(sources, chosen, bursts);
  return { plan: { ...plan, sources: table }, count: chosen.length, large: large.length };
}

/** Adds a source for each chosen one, which sends at these hours by one device each. */
function withBursts(
  table: SourceTable,
  chosen: readonly number[],
  bursts: readonly (readonly number[])[],
): SourceTable {
  const more = <T extends Float64Array | Uint32Array | Uint8Array>(column: T, value?: number): T => {
    const own = chosen.map((source) => value ?? column[source]!);
    return (column.constructor as unknown as { from(values: Iterable<number>): T }).from([...column, ...own]);
  };
  const rows = <T extends Float64Array | Uint32Array>(
    start: Uint32Array,
    items: T,
    own: readonly (readonly number[])[],
  ) => {
    const ends = [...start];
    const all = [...items];
    for (const list of own) {
      all.push(...list);
      ends.push(all.length);
    }
    return {
      start: Uint32Array.from(ends),
      items: (items.constructor as unknown as { from(values: number[]): T }).from(all),
    };
  };
  const flows = rows(
    table.flowStart,
    table.flowItem,
    chosen.map((source) => [...table.flowItem.subarray(table.flowStart[source], table.flowStart[source + 1])]),
  );
  const burstAt = rows(table.burstStart, table.burstAtS, bursts);
  const burstDevices = rows(
    table.burstStart,
    table.burstDevices,
    bursts.map((list) => list.map(() => 1)),
  );
  return {
    name: [...table.name, ...chosen.map((source) => `${table.name[source]} | rare`)],
    kind: more(table.kind),
    firstInstance: more(table.firstInstance),
    instanceCount: more(table.instanceCount),
    devices: more(table.devices),
    process: more(table.process, Process.burst),
    periodS: more(table.periodS, Number.POSITIVE_INFINITY),
    window: more(table.window),
    phase: more(table.phase),
    spreadS: more(table.spreadS, HOUR_S),
    burstStart: burstAt.start,
    burstAtS: burstAt.items,
    burstDevices: burstDevices.items,
    burstFirst: more(table.burstFirst, 0),
    burstAfterS: more(table.burstAfterS, 0),
    firstNode: more(table.firstNode),
    concurrency: more(table.concurrency, 1),
    retryS: more(table.retryS),
    retries: more(table.retries),
    sizeB: more(table.sizeB),
    sizeLaw: more(table.sizeLaw),
    rootHop: more(table.rootHop),
    priority: more(table.priority),
    flowStart: flows.start,
    flowItem: flows.items,
  };
}
