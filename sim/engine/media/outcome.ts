import type { Medium } from '../../media.js';
import type { MediumHost } from './host.js';
import { Draw, hopKey, isCast, uniformOf } from './senders.js';

/** Whether a frame of the message with hop key `key` is lost to noise: its draw `nth`. O(1). */
export function isFrameLost({ frameLoss }: Pick<Medium, 'frameLoss'>, key: number, nth: number): boolean {
  return frameLoss > 0 && uniformOf(key, Draw.frameLoss, nth) < frameLoss;
}

/** All frames of message m are across at `endS`; some messages are lost all the same. Listeners draw for themselves. */
export function settle(host: MediumHost, { residualLoss }: Medium, m: number, endS: number, nowS: number): void {
  const { program, messages } = host;
  const isLost =
    residualLoss > 0 &&
    !isCast(program, messages, m) &&
    uniformOf(hopKey(program, messages, m), Draw.residualLoss, 0) < residualLoss;
  if (isLost) host.lost(m, nowS);
  else host.crossed(m, endS, nowS);
}
