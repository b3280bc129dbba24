import type { MediumHost } from './host.js';

/**
 * The wakes that a medium has asked its host for and not yet had, latest first: asks for another only when something is
 * due before all of them, so that a medium with many timers costs its host few events.
 */
export class Wakes {
  private readonly askedS: number[] = [];
  private readonly host: MediumHost;
  private readonly transmitter: number;

  constructor(host: MediumHost, transmitter: number) {
    this.host = host;
    this.transmitter = transmitter;
  }

  /** Sees to a wake at `atS` or before; Infinity: none is needed. O(1). */
  ask(atS: number): void {
    const { askedS } = this;
    if (atS === Number.POSITIVE_INFINITY || (askedS.length > 0 && askedS[askedS.length - 1] <= atS)) return;
    askedS.push(atS);
    this.host.wakeAt(this.transmitter, atS);
  }

  /** The host has woken the medium at `nowS`. O(1), amortised. */
  had(nowS: number): void {
    const { askedS } = this;
    while (askedS.length > 0 && askedS[askedS.length - 1] <= nowS) askedS.pop();
  }
}
