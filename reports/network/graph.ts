/**
 * What the network picture shows: actors that have the same place in the network as one node, links of one medium as one
 * medium. Every link of the results is in exactly one medium.
 */
import type { LinkResult, NetworkResult, Results } from '../../sim/results.js';
import { compareText } from '../verdicts.js';

export interface NetworkGraph {
  /** Domains that have nodes, from the top. */
  readonly lanes: readonly string[];
  readonly nodes: readonly ActorNode[];
  readonly media: readonly Medium[];
  readonly joints: readonly Joint[];
}

export interface ActorNode {
  readonly id: string;
  readonly domain: string;
  readonly actors: readonly { readonly name: string; readonly count: number }[];
  /** Rows from the top; media stand between the rows of what they join. */
  readonly level: number;
}

/** What joins nodes: one medium in every area, or many links of one kind, such as an office network. */
export interface Medium {
  readonly id: string;
  readonly network: string;
  /** How many of it there are: one in every area, or one in every premise. */
  readonly places: number;
  /** Different links in it; 1 or 2, up and down, for a medium that is shared. */
  readonly links: readonly MediumLink[];
  readonly level: number;
}

export interface MediumLink {
  readonly link: string;
  readonly direction: string;
  /** Of the busiest area: bit/s in its busy hour, share of its capacity, and what one link can carry. */
  readonly busyHourBps: number;
  readonly utilisation: number;
  readonly rateBps: number;
}

/** A node on a medium, with the links by which it sends or receives there. */
export interface Joint {
  readonly node: string;
  readonly medium: string;
  readonly links: readonly MediumLink[];
}

/** From the systems of others through the utility's into the field; other domains stand above. */
const LANES = ['Service Provider', 'Operations', 'Communications', 'Transmission', 'Distribution', 'Customer'];
type NetworkLink = NetworkResult['links'][number];

/** @returns undefined when the results do not say who stands at the ends of links, or nothing is joined. O(links x ends). */
export function networkGraph(results: Results): NetworkGraph | undefined {
  const { network } = results;
  if (network === undefined || network.links.length === 0) return undefined;
  const { actors } = network;
  const loads = busiestByLink(results.links);
  const lanes = lanesOf(actors.map(({ domain }) => domain));
  const groups = new Map<string, NetworkLink[]>();
  for (const link of network.links) {
    const key = mediumOf(link, network);
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  const mediaOfActor = actors.map(() => new Set<string>());
  for (const [medium, links] of groups) {
    const members = [...membersOf(links)];
    // A tool without a place of its own is plugged in at every device: lines to all of them would hide the network.
    const tools = members.filter((actor) => actors[actor]!.depth < 0);
    for (const actor of tools.length > 0 ? tools : members) mediaOfActor[actor]!.add(medium);
  }
  const isInside = (medium: string): boolean => {
    const links = groups.get(medium)!;
    const domains = new Set([...membersOf(links)].map((actor) => actors[actor]!.domain));
    return links[0]!.kind === 'centre' && domains.size === 1;
  };
  const nodes = new Map<string, NewNode>();
  actors.forEach((actor, i) => {
    const own = [...mediaOfActor[i]!].sort(compareText);
    if (own.length === 0) return;
    const lane = lanes.indexOf(actor.domain);
    const { domain, depth } = actor;
    const inside = own.every(isInside);
    const id = JSON.stringify([domain, inside ? '' : depth, own]);
    const known = nodes.get(id) ?? { id, domain, lane, depth, inside, media: own, rows: [] };
    nodes.set(id, { ...known, rows: [...known.rows, i] });
  });
  const { levelOfNode, levelOfMedium } = levels([...nodes.values()]);
  const media = [...groups].map(([id, links]): Medium => {
    const own = links
      .map((link) => loadOf(link, loads))
      .sort((x, y) => places.indexOf(x.direction) - places.indexOf(y.direction));
    return {
      id,
      network: links[0]!.network,
      places: placesOf(links[0]!, results.links),
      links: own,
      level: levelOfMedium.get(id)!,
    };
  });
  const joints = [...nodes.values()].flatMap(({ id, media: own, rows }) =>
    own.map((medium): Joint => {
      const touching = groups.get(medium)!.filter(({ ends }) => ends.flat().some((actor) => rows.includes(actor)));
      return { node: id, medium, links: touching.map((link) => loadOf(link, loads)) };
    }),
  );
  const shown = [...nodes.values()].map(({ id, domain, rows }): ActorNode => {
    return { id, domain, actors: rows.map((row) => actors[row]!), level: levelOfNode.get(id)! };
  });
  return { lanes, nodes: shown, media, joints };
}

const places = ['down', 'up', 'across'];

interface NewNode {
  readonly id: string;
  readonly domain: string;
  readonly lane: number;
  readonly depth: number;
  /** Nothing but the network of its own lane joins it. */
  readonly inside: boolean;
  readonly media: readonly string[];
  /** Rows of the actors. */
  readonly rows: readonly number[];
}

/**
 * Rows from the top. A medium stands below the member that is nearest to the centre, everybody else of it below the medium;
 * a lane begins below all nodes of the lane above.
 */
function levels(nodes: readonly NewNode[]) {
  const levelOfNode = new Map<string, number>();
  const levelOfMedium = new Map<string, number>();
  const headOf = new Map<string, string>();
  const rankOf = ({ lane, inside, depth }: NewNode): number[] => [lane, inside ? 0 : 1, inside ? 0 : depth];
  const ordered = [...nodes].sort((x, y) => compareRows(rankOf(x), rankOf(y)) || compareText(x.id, y.id));
  let [lane, laneStart, most] = [-1, 0, -1];
  for (const node of ordered) {
    if (node.lane !== lane) [lane, laneStart] = [node.lane, most + 1];
    const rank = rankOf(node).join(' ');
    const above = node.media.filter((medium) => levelOfMedium.has(medium) && headOf.get(medium) !== rank);
    const level = Math.max(laneStart, ...above.map((medium) => levelOfMedium.get(medium)! + 1));
    levelOfNode.set(node.id, level);
    most = Math.max(most, level);
    for (const medium of node.media) {
      if (above.includes(medium)) continue;
      levelOfMedium.set(medium, Math.max(levelOfMedium.get(medium) ?? 0, level + 1));
      headOf.set(medium, rank);
    }
  }
  return { levelOfNode, levelOfMedium };
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** How many of a link there are in all: premises have one each. */
function placesOf({ link, areas }: NetworkLink, links: readonly LinkResult[]): number {
  const own = links.filter((row) => row.link === link);
  return own.length === 0 ? areas : own.reduce((sum, { copies }) => sum + copies, 0);
}

function lanesOf(domains: readonly string[]): string[] {
  const own = [...new Set(domains)];
  return [...own.filter((domain) => !LANES.includes(domain)), ...LANES.filter((domain) => own.includes(domain))];
}

/** Links of one network and kind of area are one medium; office networks of different domains are not. */
function mediumOf({ network, kind, ends }: NetworkLink, { actors }: NetworkResult): string {
  if (kind !== 'centre') return JSON.stringify([network, kind]);
  const domains = new Set(ends.flat().map((actor) => actors[actor]!.domain));
  return JSON.stringify([network, kind, domains.size === 1 && network === 'LAN' ? [...domains][0] : '']);
}

function membersOf(links: readonly NetworkLink[]): Set<number> {
  return new Set(links.flatMap(({ ends }) => ends.flat()));
}

function busiestByLink(links: readonly LinkResult[]): Map<string, LinkResult> {
  const busiest = new Map<string, LinkResult>();
  for (const link of links) {
    const known = busiest.get(link.link);
    if (known === undefined || link.busyHourBps > known.busyHourBps) busiest.set(link.link, link);
  }
  return busiest;
}

function loadOf({ link }: NetworkLink, loads: ReadonlyMap<string, LinkResult>): MediumLink {
  const found = loads.get(link);
  return {
    link,
    direction: found?.direction ?? 'across',
    busyHourBps: found?.busyHourBps ?? 0,
    utilisation: found?.busyHourUtilisation ?? Number.NaN,
    rateBps: found?.rateBps ?? Number.NaN,
  };
}

/** The link of the greatest load among some; undefined: none. */
export function busiestOf(links: readonly MediumLink[]): MediumLink | undefined {
  return links.reduce<MediumLink | undefined>(
    (best, link) => (best === undefined || link.busyHourBps > best.busyHourBps ? link : best),
    undefined,
  );
}
