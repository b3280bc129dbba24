/** Large messages that come less than once an hour: one hour of a replication has all of one, the closed form a part of it. */
import { plural } from '../../reports/format.js';
import type { Assumption, Plan } from '../../sim/plan.js';
import { volumetrics } from '../../sim/volumetrics.js';

/** Key of the assumption. */
export const ONE_OFFS = 'busy hours by closed form and by simulation';

const HOUR_S = 3600;
/** Of a link's hour; smaller messages do not show. */
const LEAST_SHARE = 0.01;
const MOST_NAMES = 6;

interface OneOff {
  readonly payload: string;
  readonly link: string;
  /** Of an hour of the link, that one message takes; overhead of frames left out. */
  readonly share: number;
}

/** The largest share of each payload, the largest first. O(hops). */
function oneOffsOf(plan: Plan): OneOff[] {
  const { sources, hops, links, flows, time } = plan;
  const { messages } = volumetrics(plan).sources;
  const hours = time.horizonS / HOUR_S;
  const largest = new Map<string, OneOff>();
  for (let s = 0; s < sources.name.length; s++) {
    const perInstance = messages[s]! / sources.instanceCount[s]!;
    if (!(perInstance > 0 && perInstance < hours)) continue;
    const payload = flows.payload[sources.flowItem[sources.flowStart[s]!]!] ?? sources.name[s]!;
    const walk = (hop: number) => {
      for (let h = hop; h >= 0; h = hops.sibling[h]!) {
        const link = hops.link[h]!;
        const share = (8 * (sources.sizeB[s]! + hops.overheadB[h]!)) / (links.rateBps[link]! * HOUR_S);
        if (share >= LEAST_SHARE && share > (largest.get(payload)?.share ?? 0)) {
          largest.set(payload, { payload, link: links.name[link]!, share });
        }
        walk(hops.child[h]!);
      }
    };
    walk(sources.rootHop[s]!);
  }
  return [...largest.values()].sort((a, b) => b.share - a.share || (a.payload < b.payload ? -1 : 1));
}

/**
 * Why busy hours of the simulation lie above those of the closed form, where they do; nothing when no message is as large.
 * Both mean the hour with the highest mean bytes: the closed form knows the mean, the simulation that of its replications.
 */
export function oneOffAssumption(plan: Plan): Assumption[] {
  const all = oneOffsOf(plan);
  if (all.length === 0) return [];
  const names = all.slice(0, MOST_NAMES).map(({ payload }) => payload);
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : '';
  const [{ payload, link, share }] = all as [OneOff];
  return [
    {
      kind: 'limit',
      key: ONE_OFFS,
      value: plural(all.length, 'one-off payload'),
      unit: '',
      reason: `messages that come less than once an hour and take a hundredth of a link's hour or more (${names.join(', ')}${more}) fall into a single hour of a replication, ${payload} with ${Number((100 * share).toPrecision(2))} % of an hour of ${link}; the closed form spreads them over all hours in which they may come. With few replications the busy hour that is simulated is the hour of such a message, with a wide interval; the means agree as replications grow. What such a message does to others is judged by their latencies`,
      source: '',
    },
  ];
}
