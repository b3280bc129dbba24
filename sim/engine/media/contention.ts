import type { Medium } from '../../media.js';
import { ARRIVE_S, FLOATS } from '../message-row.js';
import type { AccessRules } from './access-rules.js';
import { Air } from './air.js';
import { Foresight } from './foresight.js';
import type { MediumHost, SharedMedium } from './host.js';
import type { Layout } from './layout.js';
import { Lone } from './lone.js';
import type { Job } from './parcels.js';
import { Phase, type Radio } from './radio.js';
import { Radios } from './radios.js';
import { Solo } from './solo.js';
import { Timers } from './timers.js';
import { Wakes } from './wakes.js';

/**
 * A medium that radios contend for, attempt by attempt (radios.ts). What comes out is what they do event by event; most of it is found
 * sooner:
 *
 *   - a message that meets nobody is worked out in one go (lone.ts), and if another comes before it is across, all over again by events;
 *   - frames of a radio that is alone are run ahead (solo.ts);
 *   - the host is asked to wake the medium for what can be noticed outside only (foresight.ts).
 */
export class Contention implements SharedMedium {
  private readonly host: MediumHost;
  /** No other medium counts for its links, in sums whose last digits depend on who is first. */
  private readonly isOnly: boolean;
  private readonly wakes: Wakes;
  private readonly timers = new Timers<Radio | Job>();
  private readonly radios: Radios;
  private readonly solo: Solo;
  private readonly foresight: Foresight;
  private readonly lone: Lone;

  constructor(host: MediumHost, medium: Medium, transmitter: number, rules: AccessRules, layout: Layout) {
    const { plan, transmitterServer } = host.program;
    this.host = host;
    this.isOnly = plan.servers.copies[transmitterServer[transmitter]] === 1;
    const air = new Air(layout, rules.memoryS);
    this.radios = new Radios(host, medium, transmitter, rules, layout, air, this.timers);
    this.wakes = new Wakes(host, transmitter);
    this.foresight = new Foresight(host, medium, transmitter, rules, layout, air, this.timers);
    this.lone = new Lone(host, medium, transmitter, rules, layout, air);
    this.solo = new Solo(host, medium, transmitter, rules, air, this.timers, this.radios);
  }

  offer(m: number): void {
    const nowS = this.host.messages.floats[(m << FLOATS) | ARRIVE_S];
    this.solo.comeBack(nowS);
    const { lone } = this;
    if (lone.endS <= nowS) lone.end();
    else if (lone.endS < Number.POSITIVE_INFINITY) this.unfold();
    if (lone.freeS > nowS) {
      this.radios.rest(lone.sender, lone.freeS); // it still pauses
      lone.freeS = Number.NEGATIVE_INFINITY;
    }
    this.catchUp(nowS);
    if (this.timers.length === 0 && lone.begin(m)) {
      this.wakes.ask(lone.endS);
      return;
    }
    this.radios.setOut(m);
    this.wakes.ask(this.foresight.noticedS());
  }

  wake(): void {
    const { nowS } = this.host;
    this.wakes.had(nowS);
    if (this.lone.endS <= nowS) this.lone.end();
    if (this.lone.endS < Number.POSITIVE_INFINITY) {
      this.wakes.ask(this.lone.endS);
      return;
    }
    const { timers, host, radios } = this;
    // On to what comes next, too, where the host has nothing before: a cast that relays repeat has thousands of frames of which nobody
    // else hears. Measured, four hours of the metropolis: 10.95 s of CPU in place of 11.3 s.
    for (let atS = timers.nextS(); atS <= nowS || (this.isOnly && host.passesTo(atS)); atS = timers.nextS()) {
      radios.nowS = atS;
      const radio = radios.happen();
      // Not when all is done that is due: where a frame has no gap after it, the next one has begun by then.
      if (radio?.phase === Phase.pausing && timers.length === 1 && radios.messages === 1)
        this.solo.runAhead(radio, atS);
    }
    this.wakes.ask(this.foresight.noticedS());
  }

  settle(nowS: number): void {
    this.catchUp(nowS, false);
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    this.radios.each(visit);
  }

  unfinishedWorkS(): number {
    return this.radios.unfinishedWorkS();
  }

  /** The message that was on its way alone is not alone any more. */
  private unfold(): void {
    this.lone.stop();
    this.radios.setOut(this.lone.m);
  }

  /** What has been due until `nowS`, or before it, happens, each at its time. */
  private catchUp(nowS: number, upToIt = true): void {
    const { timers, radios } = this;
    for (let atS = timers.nextS(); atS < nowS || (upToIt && atS === nowS); atS = timers.nextS()) {
      radios.nowS = atS;
      radios.happen();
    }
  }
}
