/** Which worker runs which cell: shares of about equal work. */
import { type Plan, Process } from '../plan.js';
import type { Cells } from './cells.js';
import { linkInstanceOf, type Program, Way } from './program.js';
import { hopsBelow } from './tracking.js';

/** Passes over causes: answers to answers to answers. */
const DEPTH_OF_CAUSES = 3;
/** A message that contends for its medium costs about as much as so many on a pipe. */
const SHARED_MEDIUM_COST = 4;
/** A hop that begins with a message of another cell, which waits in a log and in a larger heap: measured, 1.7 to 1. */
const HANDED_OVER_COST = 1.7;

/**
 * Hops per second that each cell has to expect, about: losses, replies, how many listen, and what is sent again do not
 * count. O(source instances x hops of their trees).
 */
export function workOfCells(program: Program, { count, linkCell, linkStep, stays }: Cells): Float64Array {
  const { plan, hops } = program;
  const { sources, areas } = plan;
  const work = new Float64Array(count);
  const perS = messagesPerInstanceS(plan);
  for (let row = 0; row < sources.name.length; row++) {
    if (perS[row] === 0) continue;
    for (const h of hopsBelow(plan, sources.rootHop[row])) {
      const link = plan.hops.link[h];
      const pipeCost = stays[h] === 1 ? 1 : HANDED_OVER_COST;
      const cost = perS[row] * (program.way[link] === Way.shared ? SHARED_MEDIUM_COST : pipeCost);
      const isOwn = hops.boundKind[h] === sources.kind[row]; // else a fan took it to all instances of another kind
      const first = isOwn ? sources.firstInstance[row] : 0;
      const instances = isOwn ? sources.instanceCount[row] : areas.instances[hops.boundKind[h]];
      const each = isOwn ? cost : cost * sources.instanceCount[row];
      for (let i = first; i < first + instances; i++) {
        work[linkCell[link] + linkStep[link] * linkInstanceOf(hops, h, i)] += each;
      }
    }
  }
  return work;
}

/**
 * Deals cells to `workers`: the one with the most work first, each to who has the least so far (Graham, 1969: longest
 * processing time). O(cells x (log cells + workers)). @returns the worker of each cell
 */
export function dealCells(work: Float64Array, workers: number): Uint16Array {
  const workerOf = new Uint16Array(work.length);
  const load = new Float64Array(workers);
  const byWork = Array.from(work, (_, cell) => cell).sort((a, b) => work[b] - work[a] || a - b);
  for (const cell of byWork) {
    const least = load.indexOf(Math.min(...load));
    workerOf[cell] = least;
    load[least] += work[cell];
  }
  return workerOf;
}

/** Per source row. Answers: as if spread evenly over the instances of their source. */
function messagesPerInstanceS({ sources, causes, time }: Plan): Float64Array {
  const { process, devices, periodS, burstStart, burstDevices, instanceCount } = sources;
  const perS = Float64Array.from(process, (how, row) => {
    if (how === Process.caused) return 0;
    let bursts = 0;
    for (let burst = burstStart[row]; burst < burstStart[row + 1]; burst++) bursts += burstDevices[burst];
    return bursts / time.horizonS + (how === Process.burst ? 0 : devices[row] / periodS[row]);
  });
  const own = perS.slice();
  for (let pass = 0; pass < DEPTH_OF_CAUSES; pass++) {
    const before = perS.slice();
    perS.set(own);
    for (let c = 0; c < causes.trigger.length; c++) {
      const row = causes.source[c];
      for (let trigger = 0; trigger < process.length; trigger++) {
        if (!sends(sources, trigger, causes.trigger[c])) continue;
        perS[row] += (causes.probability[c] * before[trigger] * instanceCount[trigger]) / instanceCount[row];
      }
    }
  }
  return perS;
}

function sends({ flowStart, flowItem }: Plan['sources'], row: number, flow: number): boolean {
  return flowItem.subarray(flowStart[row], flowStart[row + 1]).includes(flow);
}
