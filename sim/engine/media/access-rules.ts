import type { Air } from './air.js';
import type { Job } from './parcels.js';

/** What a radio does when it acts: sends after `sendAfterS`, acts again at `actS`, or gives the attempt up. */
export const Act = { send: 0, wait: 1, giveUp: 2 } as const;

/** How radios get at a medium: what differs between ALOHA, CSMA and so on; see `Contention` for what does not. */
export interface AccessRules {
  /** From the decision to send to the start of the frame. */
  readonly sendAfterS: number;
  /** From the end of a frame to the start of its acknowledgement. */
  readonly ackAfterS: number;
  /** How long after their ends frames matter to those who sense. */
  readonly memoryS: number;
  /** Times that a message is sent, the first at once, the others within `spreadS`. */
  readonly copies: number;
  readonly spreadS: number;
  /** When to act: set by `act` when it waits. */
  actS: number;
  /** An attempt of the job may begin at `fromS`. @returns when the radio acts first, >= fromS */
  begin(job: Job, fromS: number): number;
  /** @returns one of Act */
  act(job: Job, air: Air, nowS: number): number;
  /** Whether `act` may find that the attempt is to be given up, when it is asked next. O(1). */
  mayGiveUp(job: Job): boolean;
  /**
   * A frame failed, as its sender knows at `fromS`, or the server is back then.
   * @returns when the next attempt may begin, >= fromS
   */
  againS(job: Job, fromS: number): number;
}
