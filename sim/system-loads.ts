/** What each of several systems adds to each link. */
import { eachServingRange } from './area-range.js';
import { binCount } from './bins.js';
import { type BusyHour, busyHour, perSecondInHour } from './busy-hour.js';
import { HopTimes } from './hop-times.js';
import { areaLabel } from './link-results.js';
import { directionName } from './networks.js';
import type { Plan } from './plan.js';
import type { SystemLoad } from './results.js';
import { domainShare } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

const HOUR_S = 3600;
/** Sources without flows keep sessions open. */
const UPKEEP = 'upkeep';

/** Where and when a link is busiest. */
interface Place {
  readonly instance: number;
  readonly busy: BusyHour;
}

/** Of one system on one link, at its place. */
interface Part {
  readonly bytes: Float64Array; // per bin
  readonly airtimeS: Float64Array;
}

/**
 * Expected load of each system on each link, in the area in which the link has the most bytes in an hour: in the order of
 * links, then of systems; no rows where the plan has one system. Replies of receivers count for what they answer; what
 * waits and goes on together counts as if each went by itself. O(link instances x bins + sources x hops x bins).
 */
export function systemLoads(plan: Plan, expected: Volumetrics): SystemLoad[] {
  const systems = plan.labels.systems ?? [];
  if (systems.length < 2) return [];
  const { links, servers, media, time } = plan;
  const names = [...systems.map(({ name }) => name), UPKEEP];
  const places = links.name.map((_, link) => busiestPlace(plan, expected, link));
  const parts = partsOf(plan, expected, places);
  return links.name.flatMap((link, l) => {
    const { instance, busy } = places[l];
    if (busy.hour < 0) return [];
    const own = parts[l];
    const server = links.server[l];
    const medium = media[servers.medium[server]];
    const domain = medium === undefined ? 1 : domainShare(medium);
    const perS = own.map((part) => part && perSecondInHour(time, part.bytes, busy.hour));
    const all = perS.reduce((sum: number, bytes) => sum + (bytes ?? 0), 0);
    return own.flatMap((part, s): SystemLoad[] => {
      const bytesPerS = perS[s];
      if (part === undefined || bytesPerS === undefined) return [];
      const alone = busyHour(time, part.bytes);
      const airtime = perSecondInHour(time, part.airtimeS, busy.hour);
      return [
        {
          link,
          network: links.network[l],
          direction: directionName(links.direction[l]),
          area: areaLabel(plan, links.kind[l], instance),
          busyHour: busy.label,
          system: names[s],
          busyHourBytes: bytesPerS * HOUR_S,
          busyHourBps: 8 * bytesPerS,
          share: all > 0 ? bytesPerS / all : 0,
          utilisation: (airtime * domain) / servers.copies[server],
          ownBusyHour: alone.label,
          ownBusyHourBps: alone.bps,
        },
      ];
    });
  });
}

/** The instance of a link with the most bytes in an hour; of equal ones the first. */
function busiestPlace({ time }: Plan, { linkStart, bins: { bytes } }: Volumetrics, link: number): Place {
  const bins = binCount(time);
  let best: Place | undefined;
  for (let instance = 0; instance < linkStart[link + 1] - linkStart[link]; instance++) {
    const row = linkStart[link] + instance;
    const busy = busyHour(time, bytes.subarray(row * bins, (row + 1) * bins));
    if (best === undefined || busy.bytes > best.busy.bytes) best = { instance, busy };
  }
  return best!;
}

/** Per link and system what it sends there; undefined: nothing. */
function partsOf(plan: Plan, expected: Volumetrics, places: readonly Place[]): (Part | undefined)[][] {
  const { sources, flows, links, hops, areas } = plan;
  const bins = binCount(plan.time);
  const times = new HopTimes(plan);
  const systems = plan.labels.systems ?? [];
  const systemOf = new Map(systems.flatMap(({ useCases }, s) => useCases.map((useCase) => [useCase, s])));
  const parts = links.name.map((): (Part | undefined)[] => new Array(systems.length + 1).fill(undefined));
  expected.loads.forEach((own, source) => {
    const flow = sources.flowItem[sources.flowStart[source]];
    const isFlow = sources.flowStart[source] < sources.flowStart[source + 1];
    const system = isFlow ? systemOf.get(flows.useCase[flow])! : systems.length;
    for (const load of own) {
      walkSource(plan, source, load, {
        lost: (_, hop) => times.of(source, hop).lost,
        hop(visit) {
          const link = hops.link[visit.hop];
          const { instance } = places[link];
          const { bytes, airtimeS } = times.of(source, visit.hop);
          const crossing = visit.messages * visit.reach * expected.sends[source];
          eachServingRange(areas, visit, links.kind[link], (first, count, weight) => {
            if (instance < first || instance >= first + count) return;
            const none = { bytes: new Float64Array(bins), airtimeS: new Float64Array(bins) };
            const part = parts[link][system] ?? none;
            parts[link][system] = part;
            for (let b = 0; b < bins; b++) {
              const messages = load.perBin[b] * crossing * weight;
              part.bytes[b] += messages * bytes;
              part.airtimeS[b] += messages * airtimeS;
            }
          });
        },
      });
    }
  });
  return parts;
}
