/** On which links of its way the messages of a flow spend their closed-form latency. */
import { servingInstance } from './area-range.js';
import { isCast } from './casts.js';
import type { Carrier } from './held-loads.js';
import type { HopDelay } from './hop-delay.js';
import type { HopTimes } from './hop-times.js';
import { Fan, type Plan } from './plan.js';
import type { ServerLoads } from './server-loads.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

/** Carriers in the busiest bin of their transmitter, per instance of the link; by `holdKey`. */
export type CarriersByHold = ReadonlyMap<number, readonly (Carrier | undefined)[]>;

export const holdKey = (plan: Plan, hold: number, link: number): number => hold * plan.links.name.length + link;

/** What `closedFormLatency` works with. */
export interface DelaySources {
  readonly expected: Volumetrics;
  readonly loads: ServerLoads;
  readonly times: HopTimes;
  readonly delay: HopDelay;
  readonly carriers: CarriersByHold;
}

/** A hop on the way: time on its link and share not lost so far, per instance of its range. */
interface Stretch {
  readonly first: number;
  readonly link: number;
  readonly delayS: Float64Array;
  readonly through: Float64Array;
  readonly afterFrameS: number;
}

/**
 * Mean seconds on each link, averaged over the expected deliveries of the flow as `closedFormLatency` averages them: what
 * is never delivered does not count, unless nothing is; the wait before the application sends again is on no link. O(sources of the flow x hops x instances).
 */
export function delayByLink(
  plan: Plan,
  flow: number,
  { expected, loads, times, delay, carriers }: DelaySources,
): Map<number, number> {
  const { hops, links, sources } = plan;
  const sums = new Map<number, number>();
  let weight = 0;
  const endless = new Set<number>();
  for (let source = 0; source < sources.name.length; source++) {
    if (!sources.flowItem.subarray(sources.flowStart[source], sources.flowStart[source + 1]).includes(flow)) continue;
    const priorityClass = loads.classes.indexOf(sources.priority[source]);
    for (const load of expected.loads[source]) {
      const messages = load.perBin.reduce((total, perBin) => total + perBin, 0);
      if (messages === 0) continue;
      const ways: Stretch[][] = []; // per depth of the hop visited last
      let way: Stretch[] = [];
      walkSource(plan, source, load, {
        hop({ hop, depth, kind, first, count, isReply }) {
          if (isReply) return;
          const link = hops.link[hop];
          const passed = depth === 0 ? [] : ways[depth - 1];
          const isRebound = hops.fan[hop] === Fan.everyInstance;
          way = isRebound ? passed.map((stretch) => toMean(stretch, first, count)) : [...passed];
          const before = way[depth - 1];
          const plain = times.of(source, hop);
          const held = hops.hold[hop] < 0 ? undefined : carriers.get(holdKey(plan, hops.hold[hop], link));
          const isCut = hops.cutThrough[hop] === 1 && before !== undefined;
          const savedS = isCut ? Math.min(plain.afterFrameS, before.afterFrameS) : 0;
          const stretch: Stretch = {
            first,
            link,
            delayS: new Float64Array(count),
            through: new Float64Array(count),
            afterFrameS: isCut ? Math.max(plain.afterFrameS, before.afterFrameS) : plain.afterFrameS,
          };
          for (let i = 0; i < count; i++) {
            const instance = servingInstance(plan.areas, kind, first + i, links.kind[link]);
            const carrier = held?.[instance];
            const at = loads.start[links.server[link]] + instance;
            delay.of(link, isCast(plan, hop), at, priorityClass, carrier?.time ?? plain, carrier);
            stretch.delayS[i] = delay.fixedS + delay.randomS - savedS;
            const share = before === undefined ? 1 : before.through[first + i - before.first];
            stretch.through[i] = share * (1 - delay.lost);
          }
          way.push(stretch);
          ways[depth] = way;
        },
        delivery({ flow: reached, first, count, deliveries }) {
          if (reached !== flow) return;
          const last = way[way.length - 1];
          for (let i = first; i < first + count; i++) {
            const own = messages * deliveries * last.through[i - last.first];
            const never = way.find((stretch) => stretch.delayS[i - stretch.first] === Infinity);
            if (never !== undefined) {
              endless.add(never.link);
              continue;
            }
            weight += own;
            for (const { link, delayS, first: start } of way) {
              sums.set(link, (sums.get(link) ?? 0) + own * delayS[i - start]);
            }
          }
        },
      });
    }
  }
  const means = new Map([...sums].map(([link, sum]) => [link, sum / weight]));
  for (const link of endless) means.set(link, Infinity);
  return means;
}

/** What a stretch takes before a message goes to every instance of an area kind: the mean over those that it comes from. */
function toMean({ link, delayS, through, afterFrameS }: Stretch, first: number, count: number): Stretch {
  const mean = (values: Float64Array) =>
    new Float64Array(count).fill(values.reduce((sum, value) => sum + value, 0) / values.length);
  return { first, link, delayS: mean(delayS), through: mean(through), afterFrameS };
}
