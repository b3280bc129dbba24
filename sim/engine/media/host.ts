/**
 * The contract between links and media that many share. A link gives its medium every message that reaches it; the medium
 * settles who sends when, frame by frame and attempt by attempt, and tells the host what became of each message. A medium
 * stands for one transmitter: one server in one area instance (and premise).
 */
import type { Medium } from '../../media.js';
import type { Messages } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';

export interface MediumHost {
  readonly program: Program;
  readonly messages: Messages;
  /** Columns per link instance: of message m, `linkInstanceAt`. */
  readonly stats: Statistics;
  /** When the medium has been offered a message, or woken; moves on with `passesTo`. A field: see `Services.nowS`. */
  readonly nowS: number;
  /** End of the window of time that runs: nothing is looked at from outside, and nothing is counted anew, before it. */
  readonly untilS: number;
  /** Calls the medium's `wake` at `atS` >= now. Wakes asked for earlier stay: one that finds nothing due must do nothing. */
  wakeAt(transmitter: number, atS: number): void;
  /**
   * Moves the host's clock on to `atS` >= now, for a medium that has been woken, if nothing else happens before or then.
   * @returns whether it has
   */
  passesTo(atS: number): boolean;
  /**
   * Whether message m may wait behind `waitingB` bytes in `waitingMessages` messages of its queue. When the buffer is full
   * the message is counted as dropped and gone: the medium forgets it.
   */
  admits(m: number, waitingB: number, waitingMessages: number): boolean;
  /** Message m stopped waiting at `nowS`, having waited since `sinceS`: for the queue's time integral. */
  waited(m: number, sinceS: number, nowS: number): void;
  /** The last frame of message m ended at `endS` <= now with success: it arrives after its link's delay. The medium forgets it. */
  crossed(m: number, endS: number, nowS: number): void;
  /** Message m is given up: retries used up, residual loss, its sender without power. The medium forgets it. */
  lost(m: number, nowS: number): void;
  /**
   * Scheduled media: message m has its grant, at its ARRIVE_S, and joins the queue of the transmitter, which is a server of the host's. The medium
   * forgets it.
   */
  granted(m: number): void;
  /** Whether the transmitter is out (plan.outages) at `atS`; if so until when, else `atS`. */
  upFromS(transmitter: number, atS: number): number;
  /** No endpoint will ever be without power. */
  readonly keepsPower: boolean;
  /** Whether endpoint `node` of the transmitter's area has power at `atS` (plan.outages with server -1). */
  hasPower(transmitter: number, node: number, atS: number): boolean;
}

/** A medium at work for one transmitter. */
export interface SharedMedium {
  /** Message m reaches the medium; its HOP, CHANNEL, BYTES are set, ARRIVE_S is now. */
  offer(m: number): void;
  /** It is `host.nowS`. */
  wake(): void;
  /** Every message that it holds, when it has been settled; `waiting`: none of its frames has been sent yet. */
  each(visit: (m: number, waiting: boolean) => void): void;
  /** Airtime of one attempt for everything that it holds, seconds. */
  unfinishedWorkS(nowS: number): number;
  /** It is looked at next: books what has gone on without events before `nowS`, e.g. polls that found nothing. */
  settle?(nowS: number): void;
}

export type OpenMedium = (host: MediumHost, medium: Medium, transmitter: number) => SharedMedium;
