/** Which worker of a team runs which cell: shares of about equal work. */
import type { Cells } from './engine/cells.js';
import type { Program } from './engine/program.js';
import { Way } from './engine/way.js';
import type { Plan } from './plan.js';
import { volumetrics } from './volumetrics.js';

/**
 * What messages cost on their way over a link, in messages on a pipe: from profiles, and rough. On metropolis.yaml, radio meshes
 * here and feeders there, the two threads of a team took 47.7 and 47.5 s with these figures.
 */
const COST = {
  pipe: 1,
  /** Served in frames, or by turns. */
  served: 3,
  /** Granted: a request, a grant, and served. */
  scheduled: 5,
  /** Contended for or polled, on each leg of the way. */
  shared: 26,
  /** A further frame of it, on each leg. */
  frame: 4,
  /** A hop that begins with a message of another cell waits in a log and in a larger heap: so many times the cost of a pipe's. */
  handedOver: 1.7,
} as const;

/**
 * Shares that differ by less than this part of a fair one are as good as equal. The centre of an AMI day is two small cells, one that all
 * areas get messages from and one that gets theirs: measured, 60 AMI days take two workers 5.0 s when one of them has both, 5.2 s when
 * each has one and both wait for each other.
 */
const ABOUT_EQUAL = 0.01;

/**
 * Messages that each cell has to expect on its links in the measured run, weighted by what they cost.
 * O(volumetrics + link instances).
 */
export function workOfCells(program: Program, { count, linkCell, linkStep, stays }: Cells): Float64Array {
  const { plan, linkStart } = program;
  const { hops, links } = plan;
  const { messages, bytes } = volumetrics(plan).links;
  const isGiven = new Set(hops.link.filter((_, h) => stays[h] === 0)); // links that messages of other cells reach
  const frameB = largestFrames(plan);
  const work = new Float64Array(count);
  for (let link = 0; link < linkCell.length; link++) {
    const legs = meanLegs(plan, links.server[link]);
    const cost = costOn(program, link) * legs * (isGiven.has(link) ? COST.handedOver : 1);
    const frameCost = program.way[link] === Way.shared ? COST.frame * legs : 0;
    for (let i = 0; linkStart[link] + i < linkStart[link + 1]; i++) {
      const at = linkStart[link] + i;
      const furtherFrames = Math.max(0, bytes[at] / frameB[link] - messages[at]);
      work[linkCell[link] + linkStep[link] * i] += cost * messages[at] + frameCost * furtherFrames;
    }
  }
  return work;
}

function costOn({ plan, way }: Program, link: number): number {
  if (way[link] === Way.pipe) return COST.pipe;
  if (way[link] !== Way.shared) return COST.served;
  const { access } = plan.media[plan.servers.medium[plan.links.server[link]]];
  return access.kind === 'scheduled' ? COST.scheduled : COST.shared;
}

/** Radio hops that a message takes on a server's medium, on average; 1 where it is no mesh. */
function meanLegs({ servers, media }: Plan, server: number): number {
  const access = media[servers.medium[server]]?.access;
  return access?.kind === 'mesh' ? access.ringShares.reduce((sum, share, ring) => sum + share * (ring + 1), 0) : 1;
}

/** Per link: bytes of the largest frame of any message on it; Infinity where there are none. */
function largestFrames({ hops, links, framings }: Plan): Float64Array {
  const largestB = new Float64Array(links.name.length);
  for (let h = 0; h < hops.link.length; h++) {
    const row = hops.framing[h];
    if (row >= 0) largestB[hops.link[h]] = Math.max(largestB[hops.link[h]], framings.fullB[row], framings.lastB[row]);
  }
  return largestB.map((frameB) => (frameB > 0 ? frameB : Number.POSITIVE_INFINITY));
}

/** The worker of each cell: as `dealCells`, with a circle's spokes at the hub's. @param work of each cell */
export function shareOut({ circle }: Cells, work: Float64Array, workers: number): Uint16Array {
  if (circle === undefined) return dealCells(work, workers);
  const { hub, firstSpoke, spokes } = circle;
  const together = work.slice();
  for (let cell = firstSpoke; cell < firstSpoke + spokes; cell++) together[hub] += work[cell];
  together.fill(0, firstSpoke, firstSpoke + spokes);
  const workerOf = dealCells(together, workers);
  return workerOf.fill(workerOf[hub], firstSpoke, firstSpoke + spokes);
}

/**
 * Deals cells to `workers`: the one with the most work first, each to who has the least so far (Graham, 1969: longest
 * processing time), of those about equal to the first, so that what is small stays together.
 * O(cells x (log cells + workers)). @returns the worker of each cell
 */
export function dealCells(work: Float64Array, workers: number): Uint16Array {
  const workerOf = new Uint16Array(work.length);
  const load = new Float64Array(workers);
  const nearly = (ABOUT_EQUAL * work.reduce((sum, ofCell) => sum + ofCell, 0)) / workers;
  const byWork = Array.from(work, (_, cell) => cell).sort((a, b) => work[b] - work[a] || a - b);
  for (const cell of byWork) {
    const least = Math.min(...load);
    const worker = load.findIndex((ofWorker) => ofWorker <= least + nearly);
    workerOf[cell] = worker;
    load[worker] += work[cell];
  }
  return workerOf;
}
