/** What given messages bring about on links and at receivers, by the walk with which volumetrics count. */
import { eachServingRange } from '../sim/area-range.js';
import { linkLayout } from '../sim/link-layout.js';
import type { Plan } from '../sim/plan.js';
import { walkSource } from '../sim/walk.js';

export interface Consequences {
  /** Per link instance, as in ReplicationStats. */
  readonly messages: Float64Array;
  readonly bytes: Float64Array;
  /** Deliveries per flow; for a flow with `mean` they are the mean over the devices of a source. */
  readonly delivered: Float64Array;
  /** 1 where the number depends on which device sends: its premise has more listeners than another. */
  readonly mean: Uint8Array;
}

/**
 * Messages and bytes on every link instance, and deliveries of every flow, when source row s starts
 * `started(s, instance)` messages in an area instance: no chance is left, routes and fans are fixed.
 * O(source instances x hops x instances that a hop reaches).
 */
export function consequences(plan: Plan, started: (source: number, instance: number) => number): Consequences {
  const { sources, hops, links, areas } = plan;
  const linkStart = linkLayout(plan);
  const rows = linkStart[linkStart.length - 1]!;
  const result = {
    messages: new Float64Array(rows),
    bytes: new Float64Array(rows),
    delivered: new Float64Array(plan.flows.name.length),
    mean: new Uint8Array(plan.flows.name.length),
  };
  for (let source = 0; source < sources.name.length; source++) {
    const first = sources.firstInstance[source]!;
    for (let instance = first; instance < first + sources.instanceCount[source]!; instance++) {
      const count = started(source, instance);
      if (count === 0) continue;
      const load = { kind: sources.kind[source]!, first: instance, count: 1, devices: sources.devices[source]! };
      walkSource(plan, source, load, {
        hop(visit) {
          const link = hops.link[visit.hop]!;
          const wireB = sources.sizeB[source]! + hops.overheadB[visit.hop]!;
          eachServingRange(areas, visit, links.kind[link]!, (from, length, weight) => {
            const messages = count * weight * visit.messages;
            for (let i = linkStart[link]! + from; i < linkStart[link]! + from + length; i++) {
              result.messages[i]! += messages;
              result.bytes[i]! += messages * wireB;
            }
          });
        },
        delivery(visit) {
          result.delivered[visit.flow]! += count * visit.count * visit.deliveries;
          if (!Number.isInteger(visit.deliveries)) result.mean[visit.flow] = 1;
        },
      });
    }
  }
  return result;
}
