import type { Medium, MeshAccess, PolledAccess } from '../../media.js';
import type { Program } from '../program.js';
import { ringOf } from './mesh-tree.js';

/** How long polls of an endpoint take, and how much gets lost on the way; a mesh of switches has hops in between. */
export class PollTimes {
  private readonly frameLoss: number;
  private readonly access: PolledAccess;
  private readonly relayS: number;
  /** Per endpoint of a mesh; undefined: one each. */
  private readonly hops: Uint8Array | undefined;

  constructor(
    program: Program,
    { frameLoss }: Medium,
    access: PolledAccess,
    mesh: MeshAccess | undefined,
    transmitter: number,
    endpoints: number,
  ) {
    this.frameLoss = frameLoss;
    this.access = access;
    this.relayS = mesh?.relayS ?? 0;
    this.hops = mesh && Uint8Array.from({ length: endpoints }, (_, e) => ringOf(program, transmitter, e, mesh));
  }

  hopsTo(endpoint: number): number {
    return this.hops === undefined ? 1 : this.hops[endpoint];
  }

  /** What switches add to a frame over so many hops. */
  relaysS(hops: number): number {
    return (hops - 1) * this.relayS;
  }

  /** Share of frames that are lost on one of their hops. */
  lossOver(hops: number): number {
    return 1 - (1 - this.frameLoss) ** hops;
  }

  /** From the start of a poll to its end at the endpoint. */
  pollS(endpoint: number): number {
    const hops = this.hopsTo(endpoint);
    return hops * this.access.pollS + this.relaysS(hops);
  }

  /**
   * Mean length of a poll that finds nothing: with p lost one way, an attempt fails with q = 1 - (1 - p)^2, and lasts until
   * the master gives up; there are at most `retries` + 1. Without power all of them fail. O(1).
   */
  emptyS(endpoint: number, hasPower: boolean): number {
    const { timeoutS, turnaroundS, emptyS, retries } = this.access;
    const hops = this.hopsTo(endpoint);
    const pollS = this.pollS(endpoint);
    const answerS = turnaroundS + hops * emptyS + this.relaysS(hops);
    if (!hasPower) return (retries + 1) * (pollS + timeoutS);
    const p = this.lossOver(hops);
    const q = 1 - (1 - p) ** 2;
    if (q === 0) return pollS + answerS;
    const failedS = pollS + (p * timeoutS + (q - p) * Math.max(timeoutS, answerS)) / q;
    const answered = 1 - q ** (retries + 1);
    const failures = q < 1 ? (q * answered) / (1 - q) : retries + 1;
    return failures * failedS + answered * (pollS + answerS);
  }
}
