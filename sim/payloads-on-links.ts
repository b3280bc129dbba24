/** Which payload goes over which link, and how many bytes. */
import { HopTimes } from './hop-times.js';
import { directionName } from './networks.js';
import type { Plan } from './plan.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

const DAY_S = 86_400;

/** One payload on one link template, all its areas together. */
export interface PayloadOnLink {
  readonly useCase: string;
  readonly payload: string;
  readonly link: string;
  readonly network: string;
  readonly direction: string;
  /** Expected messages and bytes of 24 hours, as volumetrics counts them: with overhead, as frames on media. */
  readonly messagesPerDay: number;
  readonly bytesPerDay: number;
}

/**
 * Expected traffic by use case, payload and link, in the order of sources and links. Replies of receivers count for what
 * they answer; a message with several receivers counts for the first flow of its tree; what waits and goes on together
 * counts as if each went by itself. Their sums over the payloads of a plan without holds are volumetrics' bytes.
 * O(sources x hops).
 */
export function payloadsOnLinks(plan: Plan, expected: Volumetrics): PayloadOnLink[] {
  const { sources, flows, links, hops } = plan;
  const times = new HopTimes(plan);
  const rows = new Map<string, { readonly first: PayloadOnLink; messages: number; bytes: number }>();
  expected.loads.forEach((own, source) => {
    const flow = sources.flowItem[sources.flowStart[source]];
    const isFlow = sources.flowStart[source] < sources.flowStart[source + 1];
    const useCase = isFlow ? flows.useCase[flow] : '';
    const payload = isFlow ? flows.payload[flow] : sources.name[source];
    for (const load of own) {
      const sent = load.perBin.reduce((total, messages) => total + messages, 0) * expected.sends[source];
      if (sent === 0) continue;
      walkSource(plan, source, load, {
        lost: (_, hop) => times.of(source, hop).lost,
        hop({ hop, messages, count, reach }) {
          const link = hops.link[hop];
          const key = `${useCase}\n${payload}\n${link}`;
          let row = rows.get(key);
          if (row === undefined) {
            const direction = directionName(links.direction[link]);
            const where = { link: links.name[link], network: links.network[link], direction };
            row = { first: { useCase, payload, ...where, messagesPerDay: 0, bytesPerDay: 0 }, messages: 0, bytes: 0 };
            rows.set(key, row);
          }
          // Whatever instances carry them: together they carry them all.
          const crossing = sent * messages * count * reach;
          row.messages += crossing;
          row.bytes += crossing * times.of(source, hop).bytes;
        },
      });
    }
  });
  const perDay = DAY_S / plan.time.horizonS;
  return [...rows.values()].map(({ first, messages, bytes }) => ({
    ...first,
    messagesPerDay: messages * perDay,
    bytesPerDay: bytes * perDay,
  }));
}
