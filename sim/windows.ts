/** Active seconds: how much of the measured run a window leaves to its sources. */
import { binCount } from './bins.js';
import type { PlanTime, WindowTable } from './plan.js';

/**
 * Active seconds of window `window` from the start of the measured run to each bin edge: element b is the operational
 * time at second `b * binS`, the last element that at the horizon. Days follow each other with the intervals of their
 * kind; the horizon may cut the last one. O(days x intervals + bins touched).
 */
export function activeSecondsAtEdges(time: PlanTime, windows: WindowTable, window: number): Float64Array {
  const bins = binCount(time);
  const edges = new Float64Array(bins + 1);
  const dayKinds = time.dayLengthS.length;
  let dayStartS = 0;
  for (const kind of time.dayKind) {
    const row = window * dayKinds + kind;
    for (let i = windows.start[row]; i < windows.start[row + 1]; i++) {
      const fromS = dayStartS + windows.fromS[i];
      const toS = Math.min(dayStartS + windows.toS[i], time.horizonS);
      if (fromS >= toS) continue; // beyond the horizon
      for (let bin = Math.floor(fromS / time.binS); bin < bins && bin * time.binS < toS; bin++) {
        edges[bin + 1] += Math.min(toS, (bin + 1) * time.binS) - Math.max(fromS, bin * time.binS);
      }
    }
    dayStartS += time.dayLengthS[kind];
  }
  for (let bin = 0; bin < bins; bin++) edges[bin + 1] += edges[bin];
  return edges;
}
