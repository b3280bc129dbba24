/** Walks expected messages over the plan's hop trees: the one place where closed forms learn which link carries what. */
import { type AreaRange, eachMemberRange } from './area-range.js';
import { Fan, type Plan } from './plan.js';

/** Messages bound to equal instances: `perBin[b]` of them start in each instance of the range in bin b. */
export interface Load extends AreaRange {
  /** Devices per instance that the messages belong to: device d uses copy d mod `copies` of a premise's link. */
  readonly devices: number;
  readonly perBin: Float64Array;
  /** Messages of an instance that start together, within `spreadS`; 1: each for itself. */
  readonly batch: number;
  readonly spreadS: number;
}

/** A hop as crossed by a load of one message per instance where the walk began. */
export interface HopVisit extends AreaRange {
  readonly hop: number;
  /** 0 at the root; the latest visit of `depth - 1` is the hop over which the message came. */
  readonly depth: number;
  /** Messages on the wire per instance of the range, to which they are bound on this hop. */
  readonly messages: number;
  /** Copies of the link (premises) per instance over which they spread; 1 where the link has no copies. */
  readonly copiesInUse: number;
  /** Share of the messages that were not lost on the hops before. */
  readonly reach: number;
  /** A receiver's reply to the hop visited before it: offered in addition, on nobody's way. */
  readonly isReply: boolean;
}

/** Deliveries of `flow` at the hop visited last. */
export interface DeliveryVisit extends AreaRange {
  readonly flow: number;
  /** Per instance of the range, for a load of one message per instance. */
  readonly deliveries: number;
  /** Devices per instance that the messages belong to: the listeners, where there are some. */
  readonly devices: number;
  /** Share of the deliveries that is not lost on the way. */
  readonly reach: number;
}

export interface Visitor {
  /** Share of the messages lost on a hop of the source; 0 where it is absent. */
  lost?(source: number, hop: number): number;
  /** Share of the listeners at a hop who do not hear it. */
  unheard?(source: number, hop: number): number;
  hop?(visit: HopVisit): void;
  delivery?(visit: DeliveryVisit): void;
}

/** Messages on their way, per instance of the range. */
interface Step extends AreaRange {
  readonly devices: number;
  readonly messages: number;
  /** The messages before premises multiplied them: each listener hears one of the premises' copies. */
  readonly heard: number;
  /** The messages run in premises: a second `everyCopy` finds one in each already. */
  readonly inPremises: boolean;
  readonly reach: number;
}

/**
 * Walks the tree of `source` for messages of `load`: a parent before its children, a child before its siblings.
 * Fans rebind (`everyInstance`) and multiply (over copies), listeners multiply deliveries; a range whose instances differ
 * in listeners is walked in parts. What is lost on a hop does not reach those behind it. O(hops of the tree x parts);
 * fans cost O(instances) as well.
 */
export function walkSource(plan: Plan, source: number, load: AreaRange & { devices: number }, visitor: Visitor): void {
  const { hops, links, servers, areas } = plan;

  function walk(hop: number, depth: number, before: Step): void {
    const link = hops.link[hop];
    const copies = servers.copies[links.server[link]];
    if (hops.fan[hop] === Fan.everyInstance) {
      const kind = links.kind[link];
      const [messages, heard] = [before.messages * before.count, before.heard * before.count];
      toCopies(hop, depth, { ...before, kind, first: 0, count: areas.instances[kind], messages, heard }, copies);
    } else if (hops.fan[hop] === Fan.everyCopy && !before.inPremises) {
      toCopies(hop, depth, before, copies);
    } else {
      cross(hop, depth, before, Math.min(copies, before.devices));
    }
  }

  function toCopies(hop: number, depth: number, before: Step, copies: number): void {
    for (const { reached, ...part } of copiesReached(plan, hop, before, copies)) {
      const step = { ...before, ...part, messages: before.messages * reached };
      if (copies === 1) cross(hop, depth, step, 1);
      else cross(hop, depth, { ...step, devices: reached, inPremises: true }, reached);
    }
  }

  function cross(hop: number, depth: number, step: Step, copiesInUse: number): void {
    const { kind, first, count, messages, heard, devices, inPremises } = step;
    visitor.hop?.({ hop, depth, kind, first, count, messages, copiesInUse, reach: step.reach, isReply: false });
    const reach = step.reach * (1 - (visitor.lost?.(source, hop) ?? 0));
    const reply = hops.reply[hop];
    if (reply >= 0) {
      const premises = Math.min(servers.copies[links.server[hops.link[reply]]], devices);
      visitor.hop?.({
        hop: reply,
        depth: depth + 1,
        kind,
        first,
        count,
        messages,
        copiesInUse: premises,
        reach,
        isReply: true,
      });
    }
    const flow = hops.deliverFlow[hop];
    const listeners = hops.listeners[hop];
    if (flow >= 0 && listeners < 0) {
      visitor.delivery?.({ flow, kind, first, count, deliveries: messages, devices, reach });
    }
    if (flow >= 0 && listeners >= 0) {
      const premises = inPremises ? 1 : servers.copies[links.server[hops.link[hop]]];
      const heardBy = reach * (1 - (visitor.unheard?.(source, hop) ?? 0));
      eachMemberRange(plan, listeners, step, (from, length, members) => {
        const deliveries = heard * listenersInPremise(members, premises, devices);
        visitor.delivery?.({ flow, kind, first: from, count: length, deliveries, devices: members, reach: heardBy });
      });
    }
    const onward = reach === step.reach ? step : { kind, first, count, devices, messages, heard, inPremises, reach };
    for (let child = hops.child[hop]; child >= 0; child = hops.sibling[child]) walk(child, depth + 1, onward);
  }

  const { kind, first, count, devices } = load;
  const start = { kind, first, count, devices, messages: 1, heard: 1, inPremises: false, reach: 1 };
  walk(plan.sources.rootHop[source], 0, start);
}

/**
 * Parts of `range` by the number of copies of the link (premises) that a fanning hop reaches in each instance: those with
 * a listener at the hop or beyond it. Member d of a population sits in premise d mod `copies`; a tree without listeners
 * reaches every copy. O(range.count x populations listening).
 */
function copiesReached(
  plan: Plan,
  hop: number,
  range: AreaRange,
  copies: number,
): (AreaRange & { readonly reached: number })[] {
  const { kind, first, count } = range;
  const populations = populationsListening(plan, hop);
  if (populations.size === 0) return [{ kind, first, count, reached: copies }];
  const reached = new Float64Array(count);
  for (const population of populations) {
    eachMemberRange(plan, population, range, (from, length, members) => {
      for (let i = from - first; i < from - first + length; i++) {
        reached[i] = Math.max(reached[i], Math.min(members, copies));
      }
    });
  }
  const parts = [];
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && reached[to] === reached[from]) to++;
    if (reached[from] > 0) parts.push({ kind, first: first + from, count: to - from, reached: reached[from] });
  }
  return parts;
}

/**
 * Members of a population in the premise of a message's device, mean over `devices` devices: member m and device d sit in
 * premise m mod `premises` and d mod `premises`. All members where there is one premise. O(1).
 */
function listenersInPremise(members: number, premises: number, devices: number): number {
  const inFuller = members % premises;
  const devicesInFuller = Math.floor(devices / premises) * inFuller + Math.min(devices % premises, inFuller);
  return Math.floor(members / premises) + devicesInFuller / devices;
}

function populationsListening(plan: Plan, hop: number, found = new Set<number>()): Set<number> {
  const { listeners, child, sibling } = plan.hops;
  if (listeners[hop] >= 0) found.add(listeners[hop]);
  for (let next = child[hop]; next >= 0; next = sibling[next]) populationsListening(plan, next, found);
  return found;
}
