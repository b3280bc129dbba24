import { framingOf } from './framing.js';
import { Draw, hopKey, uniformOf } from './media/senders.js';
import { DEVICE, INTS } from './message-row.js';
import type { Messages } from './messages.js';
import type { Program } from './program.js';

/**
 * Who hears casts on media that lose frames. Nobody acknowledges or repeats them, so that a receiver misses a message of n
 * frames with 1 - (1 - frame loss)^n, each by a draw of its own. Where a cast goes on from listeners (from meters into
 * their homes) it does so whether they heard it or not.
 */
export class Listeners {
  /** Per hop: frame loss where its messages are casts; 0 where none is lost. */
  private readonly frameLoss: Float64Array;
  private readonly program: Program;
  private readonly messages: Messages;

  constructor(program: Program, messages: Messages) {
    const { hops, links, servers, media } = program.plan;
    this.program = program;
    this.messages = messages;
    this.frameLoss = Float64Array.from(hops.link, (link, h) => {
      return program.hops.isCast[h] === 1 ? (media[servers.medium[links.server[link]]]?.frameLoss ?? 0) : 0;
    });
  }

  /** Whether everybody hears whatever is sent over hop h. */
  allHear(h: number): boolean {
    return this.frameLoss[h] === 0;
  }

  /** Whether receiver `nth` of message m, which is at the end of hop h, has heard all of its frames. O(1). */
  hears(m: number, h: number, nth: number): boolean {
    const { program, messages } = this;
    const frameLoss = this.frameLoss[h];
    if (frameLoss === 0) return true;
    const { frames } = framingOf(program, messages, m);
    return uniformOf(hopKey(program, messages, m), Draw.listener, nth) < (1 - frameLoss) ** frames;
  }

  /** The device that is receiver `nth` of message m at the end of hop h. O(1). */
  receiver(m: number, h: number, nth: number): number {
    const { members, premises } = this.program.hops;
    const first = this.messages.uints[(m << INTS) | DEVICE];
    return members[h] === undefined ? first : (first % premises[h]) + nth * premises[h];
  }

  /** How many of the receivers 0 .. n - 1 have heard message m. O(n), or O(1) where all hear. */
  hearing(m: number, h: number, receivers: number): number {
    if (this.frameLoss[h] === 0) return receivers;
    let heard = 0;
    for (let nth = 0; nth < receivers; nth++) heard += Number(this.hears(m, h, nth));
    return heard;
  }
}
