/**
 * A base station grants the medium (LTE and its kin, GPRS, WiMAX, satellites on demand). Messages wait here for their
 * grants; then they queue at the transmitter, which is a server of the host's.
 *
 *   idle ──random access, attempt by attempt──> granted access ──promotion──> connected ──still for inactivityS──> idle
 *     └───paging (message down)───────────────────────^
 *
 * - A message up of a connected endpoint is requested at the next multiple of `grantPeriodS` (now, if now is one) and
 *   granted `grantDelayS` later. One down goes at once, and so do casts, connected or not.
 * - An idle endpoint with a message up sends a preamble at the first opportunity (multiple of `opportunityS`) after now,
 *   drawn from `preambles`. Whoever is alone with one has access; the others try again at the first opportunity after a
 *   uniform time within `backoffS`. After `attempts` what the endpoint has to send is lost. Without `randomAccess` access is
 *   granted at once.
 * - One down to an idle endpoint waits for paging, uniform over [0, 2 pagingS). Whatever gives access first serves all.
 * - Every message restarts the endpoint's inactivity, from its grant. An outage of the transmitter makes all endpoints
 *   idle. Always connected: `promotionS` 0 and no random access. With `promotionS` and `inactivityS` 0, and random
 *   access, every message contends, unless another of its endpoint waits for its grant.
 *
 * Statistics: requests that met another count as collisions, those after the first as retries; preambles take no airtime
 * of messages, and are not frames. Leaves out: power ramping, capture of a preamble, contention that is noticed late only
 * (the third and fourth message of the procedure), limits of grants per opportunity: errs towards too fast in storms.
 *
 * O(log waiting) per message and attempt.
 */

import type { ScheduledAccess } from '../../media.js';
import { Direction } from '../../plan.js';
import { linkInstanceAt } from '../channel-of.js';
import { ARRIVE_S, BYTES, FLOATS, HOP, INTS } from '../message-row.js';
import { airtimeLeftS } from './airtime.js';
import type { MediumHost, OpenMedium, SharedMedium } from './host.js';
import { outageEdges } from './outage-edges.js';
import { Draw, endpointOf, hopKey, isCast, uniformOf } from './senders.js';
import { Timers } from './timers.js';
import { Wakes } from './wakes.js';

const NEVER_S = Number.POSITIVE_INFINITY;

/** An endpoint that has had something to send or to receive. */
class Endpoint {
  /** Its last message, or the grant of it. */
  activeS = Number.NEGATIVE_INFINITY;
  /** Messages that wait until it is connected, and those that have been requested; each in the order of their coming. */
  waiting: number[] = [];
  readonly requested: number[] = [];
  /** Bytes of both. */
  heldB = 0;
  /** When it sends its next preamble, is paged, or is connected; Infinity. */
  accessS = NEVER_S;
  pageS = NEVER_S;
  connectS = NEVER_S;
  /** Failed attempts of this random access, and the key of its draws: that of the message that wanted it. */
  attempt = 0;
  key = 0;
  readonly node: number;

  constructor(node: number) {
    this.node = node;
  }
}

export const openScheduled: OpenMedium = (host, medium, transmitter) => {
  if (medium.access.kind !== 'scheduled')
    throw new Error(`openScheduled: access ${medium.access.kind} of ${medium.name}`);
  return new Scheduled(host, medium.access, transmitter);
};

class Scheduled implements SharedMedium {
  private readonly host: MediumHost;
  private readonly access: ScheduledAccess;
  private readonly transmitter: number;
  private readonly isAlwaysConnected: boolean;
  private readonly wakes: Wakes;
  /** Endpoints that have ever had a message. */
  private readonly endpoints = new Map<number, Endpoint>();
  /** Who sends a preamble when, by the time of the opportunity; those whose time is another now have thought better of it. */
  private readonly contenders = new Map<number, Endpoint[]>();
  private readonly opportunities = new Timers<Endpoint[]>();
  /** Pagings and promotions; an entry whose time is none of its endpoint's any more means nothing. */
  private readonly steps = new Timers<Endpoint>();
  private readonly grants = new Timers<Endpoint>();
  /** Per preamble, requests at the opportunity being settled; else 0. */
  private readonly requests: Uint32Array;
  private readonly edgesS: readonly number[];

  constructor(host: MediumHost, access: ScheduledAccess, transmitter: number) {
    this.host = host;
    this.access = access;
    this.transmitter = transmitter;
    this.isAlwaysConnected = access.promotionS === 0 && access.randomAccess === undefined;
    this.wakes = new Wakes(host, transmitter);
    this.requests = new Uint32Array(access.randomAccess?.preambles ?? 0);
    this.edgesS = outageEdges(host.program, transmitter, false);
  }

  offer(m: number): void {
    const nowS = this.host.messages.floats[(m << FLOATS) | ARRIVE_S];
    const { host } = this;
    const { program, messages } = host;
    const isDown = this.isDown(m);
    if (isDown && isCast(program, messages, m)) {
      host.granted(m);
      return;
    }
    const endpoint = this.endpointOf(m);
    const isConnected = this.isConnected(endpoint, nowS);
    if (isConnected) endpoint.activeS = Math.max(endpoint.activeS, nowS);
    if (isDown && isConnected) {
      host.granted(m);
      return;
    }
    if (!host.admits(m, endpoint.heldB, endpoint.waiting.length + endpoint.requested.length)) return;
    endpoint.heldB += messages.floats[(m << FLOATS) | BYTES];
    if (isConnected) {
      this.request(endpoint, m, nowS);
    } else {
      endpoint.waiting.push(m);
      if (isDown) this.page(endpoint, m, nowS);
      else this.seekAccess(endpoint, m, nowS);
    }
    this.ask();
  }

  wake(): void {
    const { nowS } = this.host;
    this.wakes.had(nowS);
    const { opportunities, steps, grants } = this;
    for (let atS = opportunities.nextS(); atS <= nowS; atS = opportunities.nextS())
      this.contend(opportunities.pop(), atS);
    for (let atS = steps.nextS(); atS <= nowS; atS = steps.nextS()) this.step(steps.pop(), atS);
    for (let atS = grants.nextS(); atS <= nowS; atS = grants.nextS()) this.grant(grants.pop(), atS);
    this.ask();
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    for (const { requested, waiting } of this.endpoints.values()) {
      for (const m of requested) visit(m, true);
      for (const m of waiting) visit(m, true);
    }
  }

  unfinishedWorkS(): number {
    let workS = 0;
    this.each((m) => {
      workS += airtimeLeftS(this.host, m);
    });
    return workS;
  }

  private ask(): void {
    this.wakes.ask(Math.min(this.opportunities.nextS(), this.steps.nextS(), this.grants.nextS()));
  }

  private isDown(m: number): boolean {
    const { plan } = this.host.program;
    return plan.links.direction[plan.hops.link[this.host.messages.ints[(m << INTS) | HOP]]] === Direction.down;
  }

  private endpointOf(m: number): Endpoint {
    const node = endpointOf(this.host.program, this.host.messages, m);
    let endpoint = this.endpoints.get(node);
    if (endpoint === undefined) {
      endpoint = new Endpoint(node);
      this.endpoints.set(node, endpoint);
    }
    return endpoint;
  }

  /** Whether an endpoint has been active within its inactivity, and no outage of the transmitter has cut it off since. */
  private isConnected({ activeS }: Endpoint, nowS: number): boolean {
    if (this.isAlwaysConnected) return true;
    if (nowS - activeS >= this.access.inactivityS) return false;
    const { stats } = this.host;
    if (!stats.measuring) return true;
    for (const edgeS of this.edgesS) if (activeS < stats.startS + edgeS && stats.startS + edgeS <= nowS) return false;
    return true;
  }

  /** Message m of a connected endpoint asks for its grant. */
  private request(endpoint: Endpoint, m: number, nowS: number): void {
    const { grantPeriodS, grantDelayS } = this.access;
    let askedS = grantPeriodS > 0 ? Math.ceil(nowS / grantPeriodS) * grantPeriodS : nowS;
    if (askedS < nowS) askedS = nowS; // the product was rounded down
    endpoint.requested.push(m);
    endpoint.activeS = Math.max(endpoint.activeS, askedS + grantDelayS);
    this.grants.push(askedS + grantDelayS, endpoint);
  }

  /** The endpoint's oldest request has its grant. */
  private grant(endpoint: Endpoint, nowS: number): void {
    this.release(endpoint, endpoint.requested.shift()!, nowS);
  }

  /** Message m goes to the transmitter, unless its endpoint has no power to send it. */
  private release(endpoint: Endpoint, m: number, nowS: number): void {
    const { host } = this;
    endpoint.heldB -= host.messages.floats[(m << FLOATS) | BYTES];
    host.waited(m, host.messages.floats[(m << FLOATS) | ARRIVE_S], nowS);
    if (this.isDown(m) || host.hasPower(this.transmitter, endpoint.node, nowS)) {
      host.messages.floats[(m << FLOATS) | ARRIVE_S] = nowS;
      host.granted(m);
    } else {
      host.lost(m, nowS);
    }
  }

  private page(endpoint: Endpoint, m: number, nowS: number): void {
    if (endpoint.accessS < NEVER_S || endpoint.pageS < NEVER_S || endpoint.connectS < NEVER_S) return;
    const { program, messages } = this.host;
    const u = uniformOf(hopKey(program, messages, m), Draw.paging, 0);
    endpoint.pageS = this.host.upFromS(this.transmitter, nowS) + u * 2 * this.access.pagingS;
    this.steps.push(endpoint.pageS, endpoint);
  }

  private seekAccess(endpoint: Endpoint, m: number, nowS: number): void {
    if (endpoint.accessS < NEVER_S || endpoint.connectS < NEVER_S) return;
    if (this.access.randomAccess === undefined) {
      this.promote(endpoint, this.host.upFromS(this.transmitter, nowS));
      return;
    }
    endpoint.attempt = 0;
    endpoint.key = hopKey(this.host.program, this.host.messages, m);
    this.tryAfter(endpoint, nowS);
  }

  /** The endpoint sends its next preamble at the first opportunity after `atS`. */
  private tryAfter(endpoint: Endpoint, atS: number): void {
    const opportunityS = this.access.randomAccess!.opportunityS;
    let nth = Math.floor(atS / opportunityS) + 1;
    if (nth * opportunityS <= atS) nth++; // the quotient was rounded down
    endpoint.accessS = nth * opportunityS;
    const others = this.contenders.get(endpoint.accessS);
    if (others !== undefined) {
      others.push(endpoint);
      return;
    }
    const first = [endpoint];
    this.contenders.set(endpoint.accessS, first);
    this.opportunities.push(endpoint.accessS, first);
  }

  private promote(endpoint: Endpoint, nowS: number): void {
    endpoint.accessS = NEVER_S;
    endpoint.pageS = NEVER_S;
    endpoint.connectS = nowS + this.access.promotionS;
    this.steps.push(endpoint.connectS, endpoint);
  }

  private step(endpoint: Endpoint, nowS: number): void {
    if (endpoint.connectS === nowS) this.connect(endpoint, nowS);
    else if (endpoint.pageS === nowS) this.promote(endpoint, nowS);
  }

  /** The opportunity at `nowS`: whoever is alone with a preamble has access. O(contenders + preambles). */
  private contend(contenders: readonly Endpoint[], nowS: number): void {
    const { host, requests, access, transmitter } = this;
    const { stats, program, messages } = host;
    const { attempts, backoffS } = access.randomAccess!;
    const upS = host.upFromS(transmitter, nowS);
    this.contenders.delete(nowS);
    const senders: Endpoint[] = [];
    for (const endpoint of contenders) {
      if (endpoint.accessS !== nowS) continue;
      endpoint.accessS = NEVER_S;
      if (upS > nowS) this.tryAfter(endpoint, upS);
      else if (host.hasPower(transmitter, endpoint.node, nowS)) senders.push(endpoint);
      else this.lose(endpoint, nowS);
    }
    for (const endpoint of senders) requests[this.preambleOf(endpoint)]++;
    const alone = senders.map((endpoint) => requests[this.preambleOf(endpoint)] === 1);
    requests.fill(0);
    for (const [i, endpoint] of senders.entries()) {
      const linkInstance = linkInstanceAt(program, messages, this.firstUp(endpoint));
      if (stats.measuring && endpoint.attempt > 0) stats.retries[linkInstance]++;
      if (alone[i]) {
        this.promote(endpoint, nowS);
        continue;
      }
      if (stats.measuring) stats.collisions[linkInstance]++;
      endpoint.attempt++;
      if (endpoint.attempt >= attempts) this.lose(endpoint, nowS);
      else this.tryAfter(endpoint, nowS + uniformOf(endpoint.key, Draw.backoff, endpoint.attempt) * backoffS);
    }
  }

  private preambleOf({ key, attempt }: Endpoint): number {
    return Math.floor(uniformOf(key, Draw.preamble, attempt) * this.requests.length);
  }

  private firstUp({ waiting }: Endpoint): number {
    return waiting.find((m) => !this.isDown(m))!;
  }

  /** The endpoint gets no access: its messages up are lost, those down to it are paged for. */
  private lose(endpoint: Endpoint, nowS: number): void {
    const { host } = this;
    const down: number[] = [];
    for (const m of endpoint.waiting) {
      if (this.isDown(m)) {
        down.push(m);
        continue;
      }
      endpoint.heldB -= host.messages.floats[(m << FLOATS) | BYTES];
      host.waited(m, host.messages.floats[(m << FLOATS) | ARRIVE_S], nowS);
      host.lost(m, nowS);
    }
    endpoint.waiting = down;
    if (down.length > 0) this.page(endpoint, down[0], nowS);
  }

  private connect(endpoint: Endpoint, nowS: number): void {
    const { waiting } = endpoint;
    endpoint.connectS = NEVER_S;
    endpoint.activeS = nowS;
    endpoint.waiting = [];
    for (const m of waiting) {
      if (this.isDown(m)) this.release(endpoint, m, nowS);
      else this.request(endpoint, m, nowS);
    }
  }
}
