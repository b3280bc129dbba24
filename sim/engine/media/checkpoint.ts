import type { Statistics } from '../statistics.js';
import type { Air, AirFrame } from './air.js';
import type { Job } from './parcels.js';
import type { Radio } from './radio.js';
import type { Timers } from './timers.js';

/**
 * What the frames of a radio that is alone on its medium change, kept so that it can be set back: the radio, its job, the
 * air, the one timer that is set, and what is counted for the job's link instance.
 */
export class Checkpoint {
  private readonly stats: Statistics;
  private readonly air: Air;
  private readonly timers: Timers<Radio | Job>;
  private radio: Radio | undefined;
  private job: Job | undefined;
  private readonly jobState = {
    frame: 0,
    attempt: 0,
    tries: 0,
    busy: 0,
    exponent: 0,
    slots: 0,
    countedFromS: 0,
    turn: 0,
  };
  private failed = false;
  private framesThrough = 0;
  private phase = 0;
  private atS = 0;
  private airFrames: AirFrame[] = [];
  /** The radio's own among `airFrames`; -1: it has none there. */
  private ownFrame = -1;
  private readonly counts = { frames: 0, retries: 0, collisions: 0, airtimeS: 0 };

  constructor(stats: Statistics, air: Air, timers: Timers<Radio | Job>) {
    this.stats = stats;
    this.air = air;
    this.timers = timers;
  }

  /** Keeps the state of `radio`, which is at `job` and whose timer is the only one. O(frames on the air). */
  take(radio: Radio, job: Job): void {
    const { jobState, counts, stats } = this;
    const { linkInstance, framesThrough } = job.parcel;
    this.radio = radio;
    this.job = job;
    jobState.frame = job.frame;
    jobState.attempt = job.attempt;
    jobState.tries = job.tries;
    jobState.busy = job.busy;
    jobState.exponent = job.exponent;
    jobState.slots = job.slots;
    jobState.countedFromS = job.countedFromS;
    jobState.turn = job.turn;
    this.failed = job.failed;
    this.framesThrough = framesThrough;
    this.phase = radio.phase;
    this.atS = this.timers.nextS();
    this.airFrames = this.air.copy();
    this.ownFrame = radio.frame === undefined ? -1 : this.air.indexOf(radio.frame);
    counts.frames = stats.frames[linkInstance];
    counts.retries = stats.retries[linkInstance];
    counts.collisions = stats.collisions[linkInstance];
    counts.airtimeS = stats.airtimeS[linkInstance];
  }

  /** Sets everything back to what `take` kept. @returns the radio */
  restore(): Radio {
    const { radio, job, jobState, counts, stats } = this;
    if (radio === undefined || job === undefined) throw new Error('restore: nothing has been taken');
    const { linkInstance } = job.parcel;
    Object.assign(job, jobState);
    job.failed = this.failed;
    job.parcel.framesThrough = this.framesThrough;
    radio.job = job;
    radio.phase = this.phase;
    radio.frame = this.ownFrame < 0 ? undefined : this.airFrames[this.ownFrame];
    this.air.keep(this.airFrames);
    this.timers.clear();
    this.timers.push(this.atS, radio);
    stats.frames[linkInstance] = counts.frames;
    stats.retries[linkInstance] = counts.retries;
    stats.collisions[linkInstance] = counts.collisions;
    stats.airtimeS[linkInstance] = counts.airtimeS;
    return radio;
  }
}
