import { combine, unitOf } from '../../kernel/random.js';
import type { Medium, MeshAccess } from '../../media.js';
import type { Program } from '../program.js';
import { HiddenPairs } from './hidden-pairs.js';
import type { Layout } from './layout.js';
import { GATEWAY } from './senders.js';
import { instanceOfTransmitter, transmitterKey } from './transmitter-key.js';

/**
 * Ring that an endpoint stands in, 1 .. ringShares.length: how many radio hops its messages take. By hash, so that the
 * shares hold on average over many endpoints. O(rings + length of the server's name).
 */
export function ringOf(program: Program, transmitter: number, endpoint: number, { ringShares }: MeshAccess): number {
  return ringAt(ringShares, transmitterKey(program, transmitter, 'ring'), endpoint);
}

function ringAt(ringShares: readonly number[], key: number, endpoint: number): number {
  let u = unitOf(combine(key, endpoint));
  for (let i = 0; i < ringShares.length; i++) {
    u -= ringShares[i];
    if (u < 0) return i + 1;
  }
  return ringShares.length; // shares that are rounded
}

/**
 * Where the endpoints of a mesh stand: rings around the gateway (ring 0), cut into sectors.
 *
 *               ring 2   ring 1           ring 1   ring 2
 *   sector 0      o ───── o ────┐     ┌──── o ───── o       sector 1
 *                               gateway
 *
 * Each endpoint has a parent in the ring nearer, of its sector; where there is none, in the nearest ring that has one,
 * else the gateway. Two hear each other when they stand in one sector, in the same ring or in neighbouring ones, or both in
 * ring 1, around the gateway, but for the hidden share of pairs; parents and children always do. The gateway hears ring 1
 * of all sectors. So two who are two rings apart are hidden from each other, and sectors send at one time from ring 2 on:
 * what ring 2 sends is also spoilt by ring 1 of other sectors, which its parent hears and it does not.
 *
 * Leaves out: other routes, so that whoever has a parent without power is cut off (a mesh would heal in minutes); routing
 * traffic; a choice of parents that spreads the load.
 *
 * O(endpoints) to work out, 11 bytes each.
 */
export class MeshTree implements Layout {
  readonly relayS: number;
  readonly repeatingRings: number;
  private readonly ring: Uint8Array;
  private readonly sector: Uint16Array;
  private readonly parent: Int32Array;
  /** Members of ring r + 1 and sector s: member[start[r * sectors + s]] .. . */
  private readonly start: Uint32Array;
  private readonly member: Uint32Array;
  private readonly sectors: number;
  private readonly pairs: HiddenPairs;

  constructor(program: Program, medium: Medium, access: MeshAccess, transmitter: number) {
    const { areas, servers } = program.plan;
    const kind = servers.kind[program.transmitterServer[transmitter]];
    const endpoints = Math.max(1, areas.endpoints[kind][instanceOfTransmitter(program, transmitter)]);
    const rings = access.ringShares.length;
    const { sectors } = access;
    const ringKey = transmitterKey(program, transmitter, 'ring');
    const sectorKey = transmitterKey(program, transmitter, 'sector');
    this.relayS = access.relayS;
    this.repeatingRings = rings - 1;
    this.sectors = sectors;
    this.pairs = new HiddenPairs(program, medium, transmitter);
    this.ring = new Uint8Array(endpoints);
    this.sector = new Uint16Array(endpoints);
    for (let n = 0; n < endpoints; n++) {
      this.ring[n] = ringAt(access.ringShares, ringKey, n);
      this.sector[n] = unitOf(combine(sectorKey, n)) * sectors;
    }

    const place = (n: number) => (this.ring[n] - 1) * sectors + this.sector[n];
    this.start = new Uint32Array(rings * sectors + 1);
    this.member = new Uint32Array(endpoints);
    for (let n = 0; n < endpoints; n++) this.start[place(n) + 1]++;
    for (let p = 0; p < rings * sectors; p++) this.start[p + 1] += this.start[p];
    const filled = this.start.slice();
    for (let n = 0; n < endpoints; n++) this.member[filled[place(n)]++] = n;

    const parentKey = transmitterKey(program, transmitter, 'parent');
    this.parent = new Int32Array(endpoints);
    for (let n = 0; n < endpoints; n++) this.parent[n] = this.parentOf(n, parentKey);
  }

  /** One of the next ring with anybody in it, towards the gateway, in the same sector. */
  private parentOf(n: number, key: number): number {
    for (let ring = this.ring[n] - 1; ring > 0; ring--) {
      const p = (ring - 1) * this.sectors + this.sector[n];
      const count = this.start[p + 1] - this.start[p];
      if (count > 0) return this.member[this.start[p] + Math.floor(unitOf(combine(key, n)) * count)];
    }
    return GATEWAY;
  }

  hears(a: number, b: number): boolean {
    if (a === b) return false;
    if (a === GATEWAY || b === GATEWAY) {
      const endpoint = a === GATEWAY ? b : a;
      return this.ring[endpoint] === 1 || this.parent[endpoint] === GATEWAY;
    }
    if (this.parent[a] === b || this.parent[b] === a) return true;
    const ringA = this.ring[a];
    const ringB = this.ring[b];
    if (ringA - ringB > 1 || ringB - ringA > 1) return false;
    return (this.sector[a] === this.sector[b] || ringA + ringB === 2) && this.pairs.hears(a, b);
  }

  disturbsCast(caster: number, other: number): boolean {
    if (caster === other) return false;
    if (caster === GATEWAY || other === GATEWAY) return this.ring[caster === GATEWAY ? other : caster] <= 2;
    const ring = this.ring[caster];
    const otherRing = this.ring[other];
    if (ring + otherRing <= 3) return true; // somebody in ring 1 hears both
    return this.sector[caster] === this.sector[other] && Math.abs(ring - otherRing) <= 2;
  }

  next(node: number, endpoint: number, isUp: boolean): number {
    if (isUp) return this.parent[node];
    let below = endpoint;
    while (this.parent[below] !== node) below = this.parent[below];
    return below;
  }

  legs(endpoint: number): number {
    let legs = 1;
    for (let node = this.parent[endpoint]; node !== GATEWAY; node = this.parent[node]) legs++;
    return legs;
  }

  repeaters(ring: number, key: number, hasPower: (node: number) => boolean): readonly number[] {
    const nodes: number[] = [];
    for (let sector = 0; sector < this.sectors; sector++) {
      const place = (ring - 1) * this.sectors + sector;
      const members = this.member.subarray(this.start[place], this.start[place + 1]);
      const first = Math.floor(unitOf(combine(combine(key, ring), sector)) * members.length);
      for (let i = 0; i < members.length; i++) {
        const node = members[(first + i) % members.length];
        if (!hasPower(node)) continue;
        nodes.push(node);
        break;
      }
    }
    return nodes;
  }
}
