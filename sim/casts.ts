/** Which messages nobody acknowledges, and nobody repeats. */
import { Fan, type Plan } from './plan.js';

/**
 * Whether a hop's messages are meant for everybody on the medium: not acknowledged, not repeated. Where one station is at
 * the far end (the backhaul of a concentrator) each station has a copy and a connection of its own, so that its copy is
 * repeated like any message. O(1).
 */
export function isCast({ hops, links, servers }: Pick<Plan, 'hops' | 'links' | 'servers'>, hop: number): boolean {
  if (servers.oneStation[links.server[hops.link[hop]]] === 1) return false;
  return hops.listeners[hop] >= 0 || hops.fan[hop] !== Fan.own;
}
