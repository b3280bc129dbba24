/** Which plans the second engine takes. */
import { Discipline, type Plan, Process } from '../plan.js';

/**
 * Why simjs cannot run a plan; empty when it can. It has first-come-first-served servers and timers: pipes with FIFO or
 * strict priority, finite buffers, half duplex, trees with fans, answers, all kinds of open arrivals. O(plan).
 */
export function beyondSimjs(plan: Plan): string[] {
  const { servers, hops, sources, outages } = plan;
  const reasons = new Set<string>();
  servers.medium.forEach((medium) => {
    if (medium >= 0)
      reasons.add(`the medium of ${plan.media[medium].name}: it has no frames, repetition or contention`);
  });
  if (servers.discipline.includes(Discipline.fair)) reasons.add('weighted fair queueing');
  if (hops.framing.some((framing) => framing >= 0)) reasons.add('messages cut into frames');
  if (hops.cutThrough.includes(1)) reasons.add('forwarding by frames (cut-through)');
  if (hops.reply.some((reply) => reply >= 0)) reasons.add('acknowledgements of the transport');
  if (hops.hold.some((hold) => hold >= 0)) reasons.add('messages held at a DAP or head-end');
  if (sources.process.includes(Process.asked)) reasons.add('masters that wait for their answers');
  if (sources.retryS.some((retryS) => retryS !== Infinity)) reasons.add('repetition by the application');
  if (outages.name.length > 0) reasons.add('outages');
  if (servers.keepS?.some((keepS) => keepS !== Infinity) === true) reasons.add('messages discarded for their age');
  return [...reasons];
}
