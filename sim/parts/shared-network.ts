/** Links and servers that plans of some flows each have in common, known by their names. */
import type { Medium } from '../media.js';
import type { Plan } from '../plan.js';

export interface SharedLink {
  /** Among the links of its server. */
  readonly index: number;
  readonly name: string;
  readonly network: string;
  /** References that cross it, as far as the first plan that has it tells. */
  readonly dataFlow: string;
  readonly direction: number;
  readonly rateBps: number;
  readonly delayS: number;
  readonly server: SharedServer;
}

export interface SharedServer {
  /** Dense, from 0. */
  readonly id: number;
  readonly name: string;
  /** Dense, from 0; servers of one number have one name. */
  readonly nameId: number;
  readonly kind: number;
  readonly copies: number;
  readonly discipline: number;
  readonly quantumB: number;
  readonly weights: readonly number[];
  readonly medium: Medium | undefined;
  readonly links: SharedLink[];
}

/** Parts do not agree about a server: they are no parts of one plan. */
export class NoSharedNetwork extends Error {}

export class SharedNetwork {
  readonly servers: SharedServer[] = [];
  readonly #servers = new Map<string, SharedServer>();
  readonly #names = new Map<string, number>();
  readonly #links = new Map<string, SharedLink>();

  /**
   * The shared link of a plan's. What has the same name and stands in another kind of area, or in another number of
   * premises, is another link: no plan has both.
   */
  of(plan: Plan, link: number): SharedLink {
    const { links, servers, media } = plan;
    const server = links.server[link];
    const name = links.name[link];
    const medium = media[servers.medium[server]] as Medium | undefined;
    const place = `${links.kind[link]}\n${servers.copies[server]}\n${medium?.name}`;
    const key = `${name}\n${place}`;
    const known = this.#links.get(key);
    if (known !== undefined) return known;
    const shared = this.#server(plan, server, medium, place);
    const made: SharedLink = {
      index: shared.links.length,
      name,
      network: links.network[link],
      dataFlow: links.dataFlow[link],
      direction: links.direction[link],
      rateBps: links.rateBps[link],
      delayS: links.delayS[link],
      server: shared,
    };
    shared.links.push(made);
    this.#links.set(key, made);
    return made;
  }

  #nameId(name: string): number {
    const id = this.#names.get(name) ?? this.#names.size;
    this.#names.set(name, id);
    return id;
  }

  #server({ servers }: Plan, server: number, medium: Medium | undefined, place: string): SharedServer {
    const key = `${servers.name[server]}\n${place}`;
    const known = this.#servers.get(key);
    if (known !== undefined) return known;
    const made: SharedServer = {
      id: this.servers.length,
      name: servers.name[server],
      nameId: this.#nameId(servers.name[server]),
      kind: servers.kind[server],
      copies: servers.copies[server],
      discipline: servers.discipline[server],
      quantumB: servers.quantumB[server],
      weights: servers.weights[server],
      medium,
      links: [],
    };
    this.servers.push(made);
    this.#servers.set(key, made);
    return made;
  }
}
