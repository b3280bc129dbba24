import { type Drawing, figureColumns, type Layout as PageLayout } from '../charts/chart.js';
import { formatBps, formatNumber, formatShare } from '../format.js';
import { drawNetwork, FRAME_WIDTH } from './draw.js';
import type { NetworkGraph } from './graph.js';
import { layOut } from './layout.js';

/** Name of the picture. */
export const NETWORK_PICTURE = 'network';

/** Names of nodes are wrapped at so many pixels. */
const NODE_WIDTH: Record<PageLayout, number> = { wide: 170, narrow: 130 };
/**
 * Pixels within which the picture stays where its rows let it. Shrunk to a page of 960, text of 12 keeps 10; on a phone
 * the picture keeps its size and is moved.
 */
const PICTURE_WIDTH: Record<PageLayout, number> = { wide: 1130, narrow: 700 };

/** Actors by domain and the links between them. */
export function networkPicture(graph: NetworkGraph, layout: PageLayout): Drawing {
  return {
    name: NETWORK_PICTURE,
    title: 'The network',
    description:
      'Actors by domain, and what joins them. Width tells the load of a link in its busy hour, colour its utilisation; what ' +
      'stands in many areas is drawn once, with the figures of the busiest area. ↓ leads into the field, ↑ to the centre.',
    keepsSize: layout === 'narrow',
    svg: () => drawNetwork(layOut(graph, PICTURE_WIDTH[layout] - FRAME_WIDTH, NODE_WIDTH[layout])),
    figures: {
      columns: figureColumns('network', '#places', 'link', '#busy-hour load', '#utilisation', '#rate'),
      rows: graph.media.flatMap(({ network, places, links }) =>
        links.map((link) => [
          network,
          formatNumber(places),
          link.link,
          formatBps(link.busyHourBps),
          formatShare(link.utilisation),
          formatBps(link.rateBps),
        ]),
      ),
    },
  };
}
