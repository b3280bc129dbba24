import type { MediumHost } from './host.js';

/** The one instant at which a medium wants to be woken next; wakes asked for before and overtaken do nothing. */
export class Alarm {
  private readonly host: MediumHost;
  private readonly transmitter: number;
  private dueS = Number.POSITIVE_INFINITY;

  constructor(host: MediumHost, transmitter: number) {
    this.host = host;
    this.transmitter = transmitter;
  }

  /** Wakes the medium at `atS` or before; Infinity: never. O(log events), or O(1) when an earlier wake is due. */
  set(atS: number): void {
    if (atS >= this.dueS) return;
    this.dueS = atS;
    this.host.wakeAt(this.transmitter, atS);
  }

  /** Whether the wake at `nowS` is the one that was waited for; if so, none is due any more. */
  rings(nowS: number): boolean {
    if (nowS < this.dueS) return false;
    this.dueS = Number.POSITIVE_INFINITY;
    return true;
  }
}
