/** Shared media by formulas of the papers and by tiny slot-by-slot programs that share nothing with the engine. */
import seedrandom from 'seedrandom';

export interface DcfPoint {
  readonly stations: number;
  readonly slotS: number;
  readonly difsS: number;
  readonly leastWindow: number;
  readonly mostWindow: number;
  readonly frameS: number;
  /** SIFS and acknowledgement, after successes only. */
  readonly ackS: number;
}

/**
 * DCF in saturation, basic access: messages per second and share of frames that collide, by Bianchi's fixed point
 * τ = 2 / (1 + W + pWΣ(2p)^i), p = 1 − (1 − τ)^(n−1) and the mean length of a slot. An approximation: it takes the chance
 * of a collision as the same in every slot.
 * Source: G. Bianchi, IEEE JSAC 18 (2000) 535-547, equations 7, 9, 13.
 */
export function bianchi(point: DcfPoint): { readonly perS: number; readonly collided: number } {
  const { stations, leastWindow, mostWindow } = point;
  const w = leastWindow + 1;
  const stages = Math.log2((mostWindow + 1) / w);
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const tau = (low + high) / 2;
    const p = 1 - (1 - tau) ** (stations - 1);
    let sum = 0;
    for (let stage = 0; stage < stages; stage++) sum += (2 * p) ** stage;
    if (2 / (1 + w + p * w * sum) > tau) low = tau;
    else high = tau;
  }
  const idle = (1 - low) ** stations;
  const success = stations * low * (1 - low) ** (stations - 1);
  const busyS = point.frameS + point.difsS;
  const slotS = idle * point.slotS + success * (busyS + point.ackS) + (1 - idle - success) * busyS;
  return { perS: success / slotS, collided: 1 - (1 - low) ** (stations - 1) };
}

/**
 * The same, backoff slot by backoff slot: every station counts down through idle slots and freezes during frames; who
 * reaches 0 sends; after DIFS the senders have drawn anew, which may be 0.
 * Source: the rules of IEEE 802.11-2016, 10.3.4, without EIFS.
 */
export function dcfBySlots(point: DcfPoint, seconds: number, seed: string): { perS: number; collided: number } {
  const random = seedrandom.alea(seed);
  const draw = (stage: number) => {
    const window = Math.min((point.leastWindow + 1) * 2 ** stage, point.mostWindow + 1);
    return Math.floor(random() * window);
  };
  const stage = new Array<number>(point.stations).fill(0);
  const counter = stage.map(() => draw(0));
  const warmUpS = seconds / 10;
  let [nowS, delivered, sent, collided] = [0, 0, 0, 0];
  while (nowS < warmUpS + seconds) {
    const next = Math.min(...counter);
    nowS += next * point.slotS;
    const senders: number[] = [];
    for (let i = 0; i < counter.length; i++) {
      counter[i]! -= next;
      if (counter[i] === 0) senders.push(i);
    }
    const alone = senders.length === 1;
    nowS += point.frameS + (alone ? point.ackS : 0) + point.difsS;
    for (const i of senders) {
      stage[i] = alone ? 0 : stage[i]! + 1;
      counter[i] = draw(stage[i]!);
    }
    if (nowS < warmUpS) continue;
    sent += senders.length;
    if (alone) delivered++;
    else collided += senders.length;
  }
  return { perS: delivered / seconds, collided: collided / sent };
}

export interface CsmaPoint {
  readonly nodes: number;
  readonly leastExponent: number;
  readonly mostExponent: number;
  readonly backoffs: number;
  readonly retries: number;
  readonly unitBackoffS: number;
  readonly ccaS: number;
  readonly turnaroundS: number;
  readonly frameS: number;
  /** From the end of a frame to the end of its acknowledgement. */
  readonly ackS: number;
  /** From the end of a frame to its repetition when no acknowledgement came. */
  readonly timeoutS: number;
}

/**
 * Unslotted CSMA/CA of IEEE 802.15.4 in saturation, all nodes in each other's hearing, acknowledged, event by event: each
 * node draws a backoff, listens for ccaS, sends after a turn-around or backs off further. A channel access failure counts
 * as one of the attempts at a frame. Acknowledgements are on the air, and always get through.
 * Source: the flow chart of IEEE 802.15.4-2020, 6.2.5.1, and 6.6.1.
 * @returns messages per second that get through, and the share of messages that are given up
 */
export function csmaByEvents(point: CsmaPoint, seconds: number, seed: string): { perS: number; lost: number } {
  const random = seedrandom.alea(seed);
  /** Frames and acknowledgements on the air, by start. */
  let air: { fromS: number; toS: number; node: number; hit: boolean }[] = [];
  const nodes = Array.from({ length: point.nodes }, () => ({
    atS: 0,
    step: 'assess' as 'assess' | 'end',
    busy: 0,
    attempt: 0,
    exponent: point.leastExponent,
    frame: undefined as (typeof air)[number] | undefined,
  }));
  const begin = (node: (typeof nodes)[number], fromS: number) => {
    node.busy = 0;
    node.exponent = point.leastExponent;
    backOff(node, fromS);
  };
  const backOff = (node: (typeof nodes)[number], fromS: number) => {
    node.step = 'assess';
    node.atS = fromS + Math.floor(random() * 2 ** node.exponent) * point.unitBackoffS + point.ccaS;
  };
  const warmUpS = seconds / 10;
  let [delivered, lost] = [0, 0];
  const attemptFailed = (node: (typeof nodes)[number], fromS: number) => {
    if (++node.attempt > point.retries) {
      if (fromS >= warmUpS) lost++;
      node.attempt = 0;
    }
    begin(node, fromS);
  };
  for (const node of nodes) begin(node, random() * point.frameS);
  for (;;) {
    const node = nodes.reduce((first, one) => (one.atS < first.atS ? one : first));
    const nowS = node.atS;
    if (nowS >= warmUpS + seconds) break;
    const epsilonS = 1e-9; // touching is not overlapping
    if (node.step === 'assess') {
      air = air.filter(({ toS }) => toS > nowS - 2 * point.ccaS);
      if (air.some(({ fromS, toS }) => fromS < nowS - epsilonS && toS > nowS - point.ccaS + epsilonS)) {
        if (++node.busy > point.backoffs) attemptFailed(node, nowS);
        else {
          node.exponent = Math.min(node.exponent + 1, point.mostExponent);
          backOff(node, nowS);
        }
        continue;
      }
      const fromS = nowS + point.turnaroundS;
      node.frame = { fromS, toS: fromS + point.frameS, node: nodes.indexOf(node), hit: false };
      for (const other of air) {
        if (other.toS <= fromS + epsilonS || other.fromS >= node.frame.toS - epsilonS) continue;
        other.hit = true;
        node.frame.hit = true;
      }
      air.push(node.frame);
      node.step = 'end';
      node.atS = node.frame.toS;
      continue;
    }
    if (node.frame!.hit) attemptFailed(node, nowS + point.timeoutS);
    else {
      const ack = { fromS: nowS + point.turnaroundS, toS: nowS + point.ackS, node: -1, hit: false };
      for (const other of air)
        if (other.fromS < ack.toS - epsilonS && other.toS > ack.fromS + epsilonS) other.hit = true;
      air.push(ack);
      if (nowS >= warmUpS) delivered++;
      node.attempt = 0;
      begin(node, nowS + point.ackS);
    }
  }
  return { perS: delivered / seconds, lost: lost / (lost + delivered) };
}
