/** Expected messages of one device per bin, for sources that start messages themselves. */

import { binCount } from './bins.js';
import { Phase, type Plan, Process } from './plan.js';
import { smallColumn } from './small-columns.js';
import { activeSecondsAtEdges } from './windows.js';

/** What a whole number of periods may miss by rounding, relative. */
const ROUNDING = 1e-9;

export interface OwnRates {
  /** Expected messages per instance and bin of source `source`; empty for sources that are caused. */
  perBin(source: number): Float64Array;
  /** Messages of an instance that start together, and within how long; 1 and 0 where each starts by itself. */
  batch(source: number): { readonly batch: number; readonly spreadS: number };
  /** True when every run of the source has the same number of messages, whatever the random numbers. */
  deterministic(source: number): boolean;
}

/**
 * Rates of the sources of `plan` by process.
 * - Poisson, and periodic with random phases: active seconds / period for each device. Exact for periodic devices too:
 *   a phase that is uniform over the period makes every active second equally likely. The count of the run is the same
 *   in every replication when the active seconds hold a whole number of periods.
 * - periodic, synchronised: message k falls uniformly in [k x period, k x period + spread) of the active time counted from
 *   the start of the measured run; the spread counts at most one period.
 * - burst: uniform over [at, at + spread); what lies outside the run does not count.
 * - asked: as synchronised with the spread that it has, one message per device and period as long as a round of all
 *   devices fits into the period (which only latency can tell, see `closedFormLatency`); rounds after bursts as bursts.
 * Window integrals are shared by the sources of a window. O(bins) per source, O(bins + bursts) for bursts.
 */
export function ownRates(plan: Plan): OwnRates {
  const { time, windows, sources } = plan;
  const bins = binCount(time);
  const edgesOf = new Map<number, Float64Array>();
  const edges = (source: number): Float64Array => {
    const window = sources.window[source];
    const known = edgesOf.get(window) ?? activeSecondsAtEdges(time, windows, window);
    edgesOf.set(window, known);
    return known;
  };

  function periodic(source: number): Float64Array {
    const [periodS, devices] = [sources.periodS[source], sources.devices[source]];
    const synchronised = isSynchronised(source);
    const spreadS = Math.min(sources.spreadS[source], periodS);
    const sentBy = (activeS: number) =>
      synchronised ? synchronisedPeriods(activeS, periodS, spreadS) : activeS / periodS;
    const at = edges(source);
    const perBin = smallColumn(bins);
    for (let b = 0; b < bins; b++) perBin[b] = devices * (sentBy(at[b + 1]) - sentBy(at[b]));
    return perBin;
  }

  function burst(source: number): Float64Array {
    const perBin = smallColumn(bins);
    const spreadS = sources.spreadS[source];
    for (let i = sources.burstStart[source]; i < sources.burstStart[source + 1]; i++) {
      const [atS, devices] = [sources.burstAtS[i], sources.burstDevices[i]];
      for (let bin = Math.max(0, Math.floor(atS / time.binS)); bin < bins; bin++) {
        const fromS = bin * time.binS;
        const toS = Math.min(fromS + time.binS, time.horizonS);
        if (fromS > atS + spreadS) break;
        const share =
          spreadS > 0
            ? (Math.min(toS, atS + spreadS) - Math.max(fromS, atS)) / spreadS
            : Number(fromS <= atS && atS < toS);
        perBin[bin] += devices * Math.max(0, share);
      }
    }
    return perBin;
  }

  function isSynchronised(source: number): boolean {
    const process = sources.process[source];
    return process === Process.asked || (process === Process.periodic && sources.phase[source] === Phase.synchronised);
  }

  /** Rounds every period, and after bursts. */
  function asked(source: number): Float64Array {
    const afterBursts = burst(source);
    if (sources.periodS[source] === Infinity) return afterBursts;
    return periodic(source).map((messages, b) => messages + afterBursts[b]);
  }

  function together(source: number): { batch: number; spreadS: number } {
    const spreadS = sources.spreadS[source];
    if (sources.process[source] === Process.burst) {
      const bursts = sources.burstDevices.subarray(sources.burstStart[source], sources.burstStart[source + 1]);
      return { batch: bursts.reduce((most, devices) => Math.max(most, devices), 1), spreadS };
    }
    const isPeriodic = sources.process[source] === Process.periodic;
    if (isPeriodic && isSynchronised(source) && spreadS < sources.periodS[source]) {
      return { batch: sources.devices[source], spreadS };
    }
    // A master asks so many at a time; its rounds are long, and spread over their period.
    if (sources.process[source] === Process.asked) return { batch: sources.concurrency[source], spreadS: 0 };
    return { batch: 1, spreadS: 0 };
  }

  return {
    perBin(source) {
      const process = sources.process[source];
      if (process === Process.burst) return burst(source);
      if (process === Process.asked) return asked(source);
      return process === Process.caused ? new Float64Array(0) : periodic(source);
    },
    batch: together,
    deterministic(source) {
      const process = sources.process[source];
      if (process === Process.periodic) {
        const [activeS, periodS] = [edges(source)[bins], sources.periodS[source]];
        if (!isSynchronised(source)) return isWhole(activeS / periodS);
        return isWhole(synchronisedPeriods(activeS, periodS, Math.min(sources.spreadS[source], periodS)));
      }
      if (process !== Process.burst) return false;
      const spreadS = sources.spreadS[source];
      const times = sources.burstAtS.subarray(sources.burstStart[source], sources.burstStart[source + 1]);
      return times.every((atS) => (atS >= 0 && atS + spreadS <= time.horizonS) || atS >= time.horizonS);
    },
  };
}

/** Expected messages of one synchronised device before active second `activeS`. */
function synchronisedPeriods(activeS: number, periodS: number, spreadS: number): number {
  const periods = activeS / periodS;
  const begun = isWhole(periods) ? Math.round(periods) : Math.floor(periods);
  const intoS = Math.max(0, activeS - begun * periodS);
  if (spreadS === 0) return begun + (isWhole(periods) ? 0 : 1);
  return begun + Math.min(1, intoS / spreadS);
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= ROUNDING * Math.max(1, value);
}
