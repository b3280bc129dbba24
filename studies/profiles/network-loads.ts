/** What each network carries in its busy hour, and which of its transmitters is most utilised. */
import { binCount, binLengths, binSeconds } from '../../sim/bins.js';
import { busyHour } from '../../sim/busy-hour.js';
import { serverLayout } from '../../sim/link-layout.js';
import { areaLabel } from '../../sim/link-results.js';
import { directionName } from '../../sim/networks.js';
import type { Plan, PlanTime } from '../../sim/plan.js';
import { transmitterLoad } from '../../sim/transmitter-load.js';
import type { Volumetrics } from '../../sim/volumetrics.js';
import type { BusiestLink, DirectionLoad, NetworkLoad } from './types.js';
import { Worst } from './worst.js';

const DAY_S = 86_400;

/** Networks in the given order, those of the plan. O(link instances x bins). */
export function networkLoads(plan: Plan, expected: Volumetrics, order: readonly string[]): NetworkLoad[] {
  const bins = binCount(plan.time);
  const load = transmitterLoad(plan, expected.bins.bytes, binLengths(plan.time), expected.bins);
  const serverStart = serverLayout(plan);
  const found = new NetworkLoads(plan.time);
  for (let link = 0; link < plan.links.name.length; link++) {
    const server = serverStart[plan.links.server[link]!]!;
    const start = expected.linkStart[link]!;
    const perBin = new Float64Array(bins);
    const busiest = new Worst<BusiestLink>();
    for (let i = 0; i < expected.linkStart[link + 1]! - start; i++) {
      const bytes = expected.bins.bytes.subarray((start + i) * bins, (start + i + 1) * bins);
      for (let b = 0; b < bins; b++) perBin[b]! += bytes[b]!;
      const at = (server + i) * bins;
      const own = busiestInstance(plan.time, bytes, load.subarray(at, at + bins));
      const area = areaLabel(plan, plan.links.kind[link]!, i);
      if (own !== undefined) busiest.offer(-own.utilisation, '', { ...own, link: plan.links.name[link]!, area });
    }
    found.add(plan.links.network[link]!, plan.links.direction[link]!, perBin, busiest.item);
  }
  return found.rows(order);
}

/** Gathers links into networks. */
export class NetworkLoads {
  readonly #time: PlanTime;
  readonly #networks = new Map<
    string,
    { readonly perBin: Map<number, Float64Array>; readonly busiest: Worst<BusiestLink> }
  >();

  constructor(time: PlanTime) {
    this.#time = time;
  }

  /** @param perBin bytes of all instances of a link together; @param busiest of them */
  add(network: string, direction: number, perBin: Float64Array, busiest: BusiestLink | undefined): void {
    let into = this.#networks.get(network);
    if (into === undefined) {
      into = { perBin: new Map(), busiest: new Worst() };
      this.#networks.set(network, into);
    }
    const total = into.perBin.get(direction);
    if (total === undefined) into.perBin.set(direction, perBin.slice());
    else for (let b = 0; b < perBin.length; b++) total[b]! += perBin[b]!;
    if (busiest !== undefined) into.busiest.offer(-busiest.utilisation, busiest.link, busiest);
  }

  rows(order: readonly string[]): NetworkLoad[] {
    return order.flatMap((network) => {
      const found = this.#networks.get(network);
      if (found === undefined) return [];
      const directions = [...found.perBin]
        .sort(([a], [b]) => a - b)
        .flatMap(([direction, perBin]) => directionLoad(this.#time, directionName(direction), perBin) ?? []);
      return [{ network, directions, busiest: found.busiest.item ?? null }];
    });
  }
}

/** Utilisation in the busy hour of one instance of a link; undefined where nothing goes or the rate has no limit. */
export function busiestInstance(
  time: PlanTime,
  bytesPerBin: Float64Array,
  loadPerBin: Float64Array,
): Pick<BusiestLink, 'utilisation' | 'busyHour'> | undefined {
  const { hour, label } = busyHour(time, bytesPerBin);
  if (hour < 0) return undefined;
  let [total, seconds] = [0, 0];
  for (let b = 0; b < loadPerBin.length; b++) {
    if (time.binHour[b] !== hour) continue;
    total += loadPerBin[b]! * binSeconds(time, b);
    seconds += binSeconds(time, b);
  }
  return total > 0 ? { utilisation: total / seconds, busyHour: label } : undefined;
}

/** Undefined where nothing goes. */
function directionLoad(time: PlanTime, direction: string, perBin: Float64Array): DirectionLoad | undefined {
  const busy = busyHour(time, perBin);
  if (busy.hour < 0) return undefined;
  const bytesPerDay = (perBin.reduce((sum, bytes) => sum + bytes, 0) * DAY_S) / time.horizonS;
  return { direction, busyHour: busy.label, busyHourB: busy.bytes, busyHourBps: busy.bps, bytesPerDay };
}
