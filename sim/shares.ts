/** Which worker of a team runs which cell: shares of about equal work. */
import type { Cells } from './engine/cells.js';
import { type Program, Way } from './engine/program.js';
import { volumetrics } from './volumetrics.js';

/** A message that contends for its medium costs about as much as so many on a pipe. */
const SHARED_MEDIUM_COST = 4;
/** A hop that begins with a message of another cell, which waits in a log and in a larger heap: measured, 1.7 to 1. */
const HANDED_OVER_COST = 1.7;

/**
 * Messages that each cell has to expect on its links in the measured run, weighted by what they cost.
 * O(volumetrics + link instances).
 */
export function workOfCells(program: Program, { count, linkCell, linkStep, stays }: Cells): Float64Array {
  const { plan, linkStart, way } = program;
  const { hops } = plan;
  const { messages } = volumetrics(plan).links;
  const isGiven = new Set(hops.link.filter((_, h) => stays[h] === 0)); // links that messages of other cells reach
  const work = new Float64Array(count);
  for (let link = 0; link < linkCell.length; link++) {
    const pipeCost = isGiven.has(link) ? HANDED_OVER_COST : 1;
    const cost = way[link] === Way.shared ? SHARED_MEDIUM_COST : pipeCost;
    for (let i = 0; linkStart[link] + i < linkStart[link + 1]; i++) {
      work[linkCell[link] + linkStep[link] * i] += cost * messages[linkStart[link] + i];
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
