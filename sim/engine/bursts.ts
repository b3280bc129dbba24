/** Who takes part in the bursts of a source instance, and when. */
import type { Plan } from '../plan.js';

/** Messages of all bursts of a source instance, by time. */
export interface BurstMessages {
  readonly atS: Float64Array;
  /** When the burst of each began: the event behind it. */
  readonly originS: Float64Array;
  readonly device: Uint32Array;
}

/** A round that a burst lets a master begin. */
export interface BurstRound {
  readonly atS: number;
  readonly originS: number;
  readonly devices: Uint32Array;
}

/** Every participant of a burst has its own time within the source's spread. O(bursts x devices). */
export function drawBursts(plan: Plan, row: number, startS: number, uniform: () => number): BurstMessages {
  const { burstStart, burstAtS, burstAfterS, spreadS } = plan.sources;
  const drawn: { atS: number; originS: number; device: number }[] = [];
  for (let burst = burstStart[row]; burst < burstStart[row + 1]; burst++) {
    eachParticipant(plan, row, burst, uniform, (device) => {
      const atS = burstAtS[burst] + uniform() * spreadS[row];
      if (atS >= 0) drawn.push({ atS: startS + atS, originS: startS + burstAtS[burst] - burstAfterS[row], device });
    });
  }
  drawn.sort((a, b) => a.atS - b.atS);
  return {
    atS: Float64Array.from(drawn, (d) => d.atS),
    originS: Float64Array.from(drawn, (d) => d.originS),
    device: Uint32Array.from(drawn, (d) => d.device),
  };
}

/** The rounds of an asking source instance: each begins at one time within the spread. O(bursts x devices). */
export function drawRounds(plan: Plan, row: number, startS: number, uniform: () => number): BurstRound[] {
  const { burstStart, burstAtS, burstAfterS, spreadS } = plan.sources;
  const rounds: BurstRound[] = [];
  for (let burst = burstStart[row]; burst < burstStart[row + 1]; burst++) {
    const devices: number[] = [];
    const originS = startS + burstAtS[burst] - burstAfterS[row];
    const atS = startS + burstAtS[burst] + uniform() * spreadS[row];
    eachParticipant(plan, row, burst, uniform, (device) => devices.push(device));
    if (atS >= startS) rounds.push({ atS, originS, devices: Uint32Array.from(devices) });
  }
  return rounds;
}

/** The first devices, or some chosen one after the other without replacement (Knuth, algorithm S). */
function eachParticipant(
  { sources }: Plan,
  row: number,
  burst: number,
  uniform: () => number,
  visit: (device: number) => void,
): void {
  const devices = sources.devices[row];
  let wanted = Math.min(sources.burstDevices[burst], devices);
  for (let device = 0; wanted > 0; device++) {
    if (sources.burstFirst[row] === 0 && uniform() * (devices - device) >= wanted) continue;
    wanted--;
    visit(device);
  }
}
