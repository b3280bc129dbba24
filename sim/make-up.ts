/** What makes up the busy hour. */
import { binCount } from './bins.js';
import { type BusyHour, busyHour, perSecondInHour } from './busy-hour.js';
import { directionName, networkDirections } from './networks.js';
import type { Plan } from './plan.js';
import type { BusyHourShare } from './results.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

const HOUR_S = 3600;

/** Bytes of one payload on a network and direction, all links together. */
interface Part {
  readonly useCase: string;
  readonly payload: string;
  readonly perBin: Float64Array;
}

/**
 * Expected bytes by use case and payload in the busy hour of each network and direction, all its links together; the
 * largest first. A message counts for the use case and payload of the first flow of its tree. Networks and directions
 * without traffic have no rows. O(sources x hops x bins).
 */
export function makeUp(plan: Plan, expected: Volumetrics): BusyHourShare[] {
  const { sources, flows, links, hops } = plan;
  const bins = binCount(plan.time);
  const groups = networkDirections(plan);
  const groupOfLink = new Uint32Array(links.name.length);
  groups.forEach((group, g) => {
    for (const link of group.links) groupOfLink[link] = g;
  });
  const parts: Map<string, Part>[] = groups.map(() => new Map());

  expected.loads.forEach((own, source) => {
    const first = sources.flowItem[sources.flowStart[source]];
    const useCase = first === undefined ? '' : flows.useCase[first];
    const payload = first === undefined ? sources.name[source] : flows.payload[first];
    const key = `${useCase}\n${payload}`;
    for (const load of own) {
      walkSource(plan, source, load, {
        hop(visit) {
          const link = hops.link[visit.hop];
          const wireB = sources.sizeB[source] + hops.overheadB[visit.hop];
          const into = parts[groupOfLink[link]];
          const part = into.get(key) ?? { useCase, payload, perBin: new Float64Array(bins) };
          into.set(key, part);
          // Whatever instances carry them: together they carry them all.
          const bytes = visit.count * visit.messages * wireB;
          for (let b = 0; b < bins; b++) part.perBin[b] += load.perBin[b] * bytes;
        },
      });
    }
  });

  return groups.flatMap(({ network, direction }, g) => {
    const all = new Float64Array(bins);
    for (const part of parts[g].values()) for (let b = 0; b < bins; b++) all[b] += part.perBin[b];
    const busy = busyHour(plan.time, all);
    return [...parts[g].values()]
      .map((part) => share(plan, part, busy, { network, direction: directionName(direction) }))
      .filter((row) => row.bytes > 0)
      .sort((a, b) => b.bytes - a.bytes || compare(a.useCase, b.useCase) || compare(a.payload, b.payload));
  });
}

function share(plan: Plan, part: Part, busy: BusyHour, where: { network: string; direction: string }): BusyHourShare {
  const { useCase, payload } = part;
  const bytes = HOUR_S * perSecondInHour(plan.time, part.perBin, busy.hour);
  return { ...where, label: busy.label, useCase, payload, bytes, share: bytes / busy.bytes };
}

/** By code units: the same order in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
