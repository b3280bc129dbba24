import { Fan } from '../plan.js';
import type { HopProgram } from './hop-program.js';
import { DEVICE, HOP, INSTANCE, INTS, PART } from './message-row.js';
import { type Messages, Part } from './messages.js';
import type { Program } from './program.js';

/**
 * Deliveries that a message has still before it: what is sent, lost with a drop, or in flight. The rules of fans and
 * listeners stand here once, as numbers; forwarding follows the same ones message by message.
 */
export class Expectations {
  private readonly program: Program;
  private readonly hops: HopProgram;
  /** Per hop: the flow that the tree from it on delivers, exactly once each time; -1 where it is not so simple. */
  private readonly onlyFlow: Int32Array;

  constructor(program: Program) {
    this.program = program;
    this.hops = program.hops;
    this.onlyFlow = Int32Array.from(program.plan.hops.link, (_, h) => this.straightFlow(h));
  }

  /** Adds to `perFlow` what message m brings about whose source is about to hand it on. O(1), or O(its hops). */
  addUnsent(messages: Messages, m: number, perFlow: Float64Array): void {
    const root = ~messages.ints[(m << INTS) | HOP];
    const only = this.onlyFlow[root];
    if (only >= 0) perFlow[only]++;
    else this.addTree(root, messages.uints[(m << INTS) | INSTANCE], messages.uints[(m << INTS) | DEVICE], perFlow);
  }

  /** Adds to `perFlow` what message m brings about that is on a hop, the hop's own delivery included. */
  addRemaining(messages: Messages, m: number, perFlow: Float64Array): void {
    if (messages.ints[(m << INTS) | PART] === Part.rest) return; // what has gone on before it counts
    this.addFrom(
      messages.ints[(m << INTS) | HOP],
      messages.uints[(m << INTS) | INSTANCE],
      messages.uints[(m << INTS) | DEVICE],
      perFlow,
    );
  }

  /**
   * Receivers of a message at the end of hop h: 1, or the listeners in the instance or in the device's premise; member d
   * of a population listens in premise d mod `premises`. O(1).
   */
  receivers(h: number, instance: number, device: number): number {
    const members = this.hops.members[h];
    if (members === undefined) return 1;
    const premises = this.hops.premises[h];
    return Math.floor((members[instance] - (device % premises) - 1) / premises) + 1;
  }

  /**
   * Copies of its link that a fanning hop reaches in an instance: 0 .. n - 1, those with a listener at the hop or beyond.
   */
  copiesReached(h: number, instance: number): number {
    const { hops, servers, links } = this.program.plan;
    const copies = servers.copies[links.server[hops.link[h]]];
    const most = this.mostMembers(h, instance);
    return most < 0 ? copies : Math.min(most, copies);
  }

  /** Largest number of members among the populations that listen from hop h on; -1 when none listens. */
  private mostMembers(h: number, instance: number): number {
    const { child, sibling } = this.program.plan.hops;
    let most = this.hops.members[h]?.[instance] ?? -1;
    for (let c = child[h]; c >= 0; c = sibling[c]) most = Math.max(most, this.mostMembers(c, instance));
    return most;
  }

  private addTree(h: number, instance: number, device: number, perFlow: Float64Array): void {
    const { plan, hops } = this.program;
    if (hops.fan[h] === Fan.everyInstance) {
      const instances = plan.areas.instances[hops.boundKind[h]];
      for (let i = 0; i < instances; i++) this.addCopies(h, i, device, perFlow);
    } else if (hops.fan[h] === Fan.everyCopy) {
      this.addCopies(h, instance, device, perFlow);
    } else {
      this.addFrom(h, instance, device, perFlow);
    }
  }

  private addCopies(h: number, instance: number, device: number, perFlow: Float64Array): void {
    const inPremises = this.program.copies[this.program.plan.hops.link[h]] > 1;
    const copies = this.copiesReached(h, instance);
    for (let p = 0; p < copies; p++) this.addFrom(h, instance, inPremises ? p : device, perFlow);
  }

  private addFrom(h: number, instance: number, device: number, perFlow: Float64Array): void {
    const { deliverFlow, child, sibling } = this.program.plan.hops;
    if (deliverFlow[h] >= 0) perFlow[deliverFlow[h]] += this.receivers(h, instance, device);
    for (let c = child[h]; c >= 0; c = sibling[c]) this.addTree(c, instance, device, perFlow);
  }

  private straightFlow(h: number): number {
    const { deliverFlow, child, sibling, listeners } = this.program.plan.hops;
    if (this.hops.fan[h] !== Fan.own || listeners[h] >= 0) return -1;
    const c = child[h];
    if (c < 0) return deliverFlow[h];
    return deliverFlow[h] >= 0 || sibling[c] >= 0 ? -1 : this.straightFlow(c);
  }
}
