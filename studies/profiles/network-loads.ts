/** What each network carries in its busy hour, and which of its transmitters is most utilised. */
import { binCount, binLengths, binSeconds } from '../../sim/bins.js';
import { busyHour, perSecondInHour } from '../../sim/busy-hour.js';
import { serverLayout } from '../../sim/link-layout.js';
import { areaLabel } from '../../sim/link-results.js';
import { directionName, networkDirections } from '../../sim/networks.js';
import type { Plan, PlanTime } from '../../sim/plan.js';
import { transmitterLoad } from '../../sim/transmitter-load.js';
import type { Volumetrics } from '../../sim/volumetrics.js';
import type { BusiestLink, DirectionLoad, NetworkLoad } from './types.js';

const DAY_S = 86_400;
/** Relative difference below which two transmitters are equally utilised, so that rounding does not pick one. */
const TIE = 1e-9;

/** Networks in the order of their first link. O(link instances x bins). */
export function networkLoads(plan: Plan, expected: Volumetrics): NetworkLoad[] {
  const bins = binCount(plan.time);
  const load = transmitterLoad(plan, expected.bins.bytes, binLengths(plan.time), expected.bins);
  const serverStart = serverLayout(plan);
  const networks = new Map<string, { directions: DirectionLoad[]; busiest: BusiestLink | null }>();
  for (const { network, direction, links } of networkDirections(plan)) {
    const perBin = new Float64Array(bins);
    const into = networks.get(network) ?? { directions: [], busiest: null };
    networks.set(network, into);
    for (const link of links) {
      const server = serverStart[plan.links.server[link]!]!;
      const start = expected.linkStart[link]!;
      for (let i = 0; i < expected.linkStart[link + 1]! - start; i++) {
        const bytes = expected.bins.bytes.subarray((start + i) * bins, (start + i + 1) * bins);
        for (let b = 0; b < bins; b++) perBin[b]! += bytes[b]!;
        const busy = busyHour(plan.time, bytes);
        const at = (server + i) * bins;
        const utilisation = meanInHour(plan.time, load.subarray(at, at + bins), busy.hour);
        if (utilisation <= (into.busiest?.utilisation ?? 0) * (1 + TIE)) continue;
        const area = areaLabel(plan, plan.links.kind[link]!, i);
        into.busiest = { utilisation, link: plan.links.name[link]!, area, busyHour: busy.label };
      }
    }
    const total = directionLoad(plan.time, directionName(direction), perBin);
    if (total !== undefined) into.directions.push(total);
  }
  return [...networks].map(([network, found]) => ({ network, ...found }));
}

/** Undefined where nothing goes. */
export function directionLoad(time: PlanTime, direction: string, perBin: Float64Array): DirectionLoad | undefined {
  const busy = busyHour(time, perBin);
  if (busy.hour < 0) return undefined;
  const bytesPerDay = (perBin.reduce((sum, bytes) => sum + bytes, 0) * DAY_S) / time.horizonS;
  return { direction, busyHour: busy.label, busyHourB: busy.bytes, busyHourBps: busy.bps, bytesPerDay };
}

/** Mean of a ratio per bin over the seconds of a clock hour. */
export function meanInHour(time: PlanTime, ratioPerBin: Float64Array, hour: number): number {
  return perSecondInHour(
    time,
    ratioPerBin.map((ratio, bin) => ratio * binSeconds(time, bin)),
    hour,
  );
}
