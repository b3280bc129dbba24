/** Flows of the parts of a bundle in one table, and the ways that their messages take, flow by flow. */
import type { Plan } from '../plan.js';
import type { FlowColumns, Part, Path } from './part.js';

export interface BundleFlows {
  readonly table: FlowColumns;
  /** Each path that any flow takes, once. */
  readonly paths: readonly Path[];
  /** Ways of flow f: those from wayStart[f] to before wayStart[f + 1]. */
  readonly wayStart: Uint32Array;
  /** Per way: which of the paths, messages delivered per instance, and of those the share that hears them. */
  readonly path: Uint32Array;
  readonly deliveries: Float64Array;
  readonly heard: Float64Array;
  /** Per flow: deliveries in all instances. */
  readonly sent: Float64Array;
  /** Plans whose masters ask in rounds, and the first of their flows. */
  readonly asking: readonly { readonly plan: Plan; readonly firstFlow: number }[];
}

/** O(flows + ways). */
export function flowsOfParts(parts: readonly Part[]): BundleFlows {
  const all = <T>(column: (flows: FlowColumns) => Iterable<T>) => parts.flatMap(({ flows }) => [...column(flows)]);
  const table: FlowColumns = {
    name: all(({ name }) => name),
    catalogueFlow: all(({ catalogueFlow }) => catalogueFlow),
    useCase: all(({ useCase }) => useCase),
    payload: all(({ payload }) => payload),
    budgetS: Float64Array.from(all(({ budgetS }) => budgetS)),
    requiredReliability: Float64Array.from(all(({ requiredReliability }) => requiredReliability)),
  };
  const asking: { plan: Plan; firstFlow: number }[] = [];
  const flowOf: number[] = []; // per way, as they come
  const ways = parts.flatMap((part) => part.ways);
  let firstFlow = 0;
  for (const { flows, ways: own, asks } of parts) {
    if (asks !== undefined) asking.push({ plan: asks, firstFlow });
    for (const { flow } of own) flowOf.push(firstFlow + flow);
    firstFlow += flows.name.length;
  }
  const wayStart = new Uint32Array(firstFlow + 1);
  for (const flow of flowOf) wayStart[flow + 1]++;
  for (let flow = 0; flow < firstFlow; flow++) wayStart[flow + 1] += wayStart[flow];
  const next = wayStart.slice();
  const placeOf = new Map<Path, number>();
  const path = new Uint32Array(ways.length);
  const [deliveries, heard] = [new Float64Array(ways.length), new Float64Array(ways.length)];
  const sent = new Float64Array(firstFlow);
  ways.forEach((way, w) => {
    const at = next[flowOf[w]]++;
    const place = placeOf.get(way.path) ?? placeOf.size;
    placeOf.set(way.path, place);
    path[at] = place;
    deliveries[at] = way.deliveries;
    heard[at] = way.heard;
    const { segments } = way.path;
    sent[flowOf[w]] += way.deliveries * segments[segments.length - 1].count;
  });
  return { table, paths: [...placeOf.keys()], wayStart, path, deliveries, heard, sent, asking };
}
