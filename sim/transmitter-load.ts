/** How busy transmitters are. */

import { meanHops } from './hop-times.js';
import { linkLayout, serverLayout } from './link-layout.js';
import type { Medium } from './media.js';
import type { Plan } from './plan.js';
import { smallColumn } from './small-columns.js';

/** Bytes and airtime of the same rows and columns as the bytes that are to become airtime. */
export interface AirtimePerByte {
  readonly bytes: Float64Array;
  readonly airtimeS: Float64Array;
  /** The same rows only: one figure for all columns of a link instance. */
  readonly ofWholeRun?: boolean;
}

/** Hops from the gateway within which frames meet: what is sent farther away does not disturb it. */
const DOMAIN_HOPS = 3;

/**
 * Seconds of transmission per second of each server instance, all links that share it together (both directions of a
 * half-duplex medium) and its premises averaged; above 1 where more is offered than the rate carries. Where the server
 * has a medium its time on the medium counts: frames, repetitions, gaps, acknowledgements, polls; of a mesh what the
 * domain of its gateway bears, min(hops, 3) airtimes of each message.
 * @param bytes    with overhead, per link instance and column: (linkStart[l] + i) * columns + c
 * @param seconds  length of each column, for instance of each bin
 * @param perByte  airtime per byte of servers with a medium, for instance of volumetrics' bins or links; without it they are
 *                 taken as pipes
 * @returns (serverStart[s] + i) * columns + c, see `serverLayout`. O(link instances x columns).
 */
export function transmitterLoad(
  plan: Plan,
  bytes: Float64Array,
  seconds: readonly number[],
  perByte?: AirtimePerByte,
): Float64Array {
  const { links, servers, media } = plan;
  const columns = seconds.length;
  const [linkStart, serverStart] = [linkLayout(plan), serverLayout(plan)];
  const load = smallColumn(serverStart[servers.name.length] * columns);
  for (let link = 0; link < links.name.length; link++) {
    const server = links.server[link];
    const medium = media[servers.medium[server]];
    const copies = servers.copies[server];
    const capacityBps = links.rateBps[link] * copies;
    const domain = medium === undefined ? 1 : domainShare(medium);
    const from = linkStart[link] * columns;
    const to = serverStart[server] * columns;
    const cells = (linkStart[link + 1] - linkStart[link]) * columns;
    const known = medium === undefined ? undefined : perByte;
    for (let cell = 0; cell < cells; cell++) {
      const carriedB = bytes[from + cell];
      const at = known?.ofWholeRun === true ? linkStart[link] + Math.floor(cell / columns) : from + cell;
      const knownB = known?.bytes[at] ?? 0;
      const airtimeS =
        knownB > 0 ? ((known?.airtimeS[at] ?? 0) * domain * carriedB) / knownB / copies : (8 * carriedB) / capacityBps;
      load[to + cell] += airtimeS / seconds[cell % columns];
    }
  }
  return load;
}

/** Of the airtime on a medium, the share that counts for how busy it is: all of it, but of a mesh see `gatewayShare`. */
export function domainShare({ access }: Medium): number {
  return access.kind === 'mesh' ? gatewayShare(access.ringShares) : 1;
}

/** Of the airtime of all hops of a mesh, the share that its gateway's domain bears. */
export function gatewayShare(ringShares: readonly number[]): number {
  return meanHops(ringShares, DOMAIN_HOPS) / meanHops(ringShares);
}
