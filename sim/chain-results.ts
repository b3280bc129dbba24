/** Chains of flows that pass one thing on: what the legs add up to, required and achieved. */
import type { ChainLabel, Plan } from './plan.js';
import type { ChainResult, FlowResult } from './results.js';

/** For every chain of the plan a row per leg, one for all of them, and one per printed sub-total. O(legs x flows). */
export function chainResults({ labels }: Plan, flows: readonly FlowResult[]): ChainResult[] {
  return (labels.chains ?? []).flatMap((chain) => {
    const legs = chain.legs.map((leg, i) => legRow(chain, leg, i, flows));
    const all = sumOf(chain, 'all legs', legs);
    const printed = chain.printed.map(({ text, legs: covered }) => ({
      ...sumOf(chain, `printed ${text}: ${covered.map((leg) => `leg ${leg + 1}`).join(' + ')}`, pick(legs, covered)),
      printed: text,
    }));
    return [...legs, all, ...printed];
  });
}

function legRow(
  { name, section }: ChainLabel,
  leg: ChainLabel['legs'][number],
  i: number,
  flows: readonly FlowResult[],
): ChainResult {
  const own = flows.filter(({ catalogueFlow }) => leg.flows.includes(catalogueFlow));
  /** Of several receivers the last counts. */
  const worst = (of: (row: FlowResult) => number, pickWorst: (...values: number[]) => number) =>
    own.length === 0 ? NaN : pickWorst(...own.map(of));
  return {
    chain: name,
    section,
    leg: `leg ${i + 1}`,
    flows: leg.flows.join(', '),
    printed: '',
    budgetS: leg.budgetS,
    requiredReliability: leg.reliability,
    leastB: leg.leastB,
    mostB: leg.mostB,
    latencyMeanS: worst((row) => row.latencyMeanS, Math.max),
    closedFormLatencyS: worst((row) => row.closedFormLatencyS, Math.max),
    reliability: worst((row) => row.reliability, Math.min),
  };
}

/** Latencies add up, means exactly; shares of independent legs multiply. */
function sumOf(chain: ChainLabel, leg: string, rows: readonly ChainResult[]): ChainResult {
  const sum = (of: (row: ChainResult) => number) => rows.reduce((total, row) => total + of(row), 0);
  const product = (of: (row: ChainResult) => number) => rows.reduce((total, row) => total * of(row), 1);
  return {
    chain: chain.name,
    section: chain.section,
    leg,
    flows: '',
    printed: '',
    budgetS: sum((row) => row.budgetS),
    requiredReliability: product((row) => row.requiredReliability),
    leastB: sum((row) => row.leastB),
    mostB: sum((row) => row.mostB),
    latencyMeanS: sum((row) => row.latencyMeanS),
    closedFormLatencyS: sum((row) => row.closedFormLatencyS),
    reliability: product((row) => row.reliability),
  };
}

function pick<T>(rows: readonly T[], which: readonly number[]): T[] {
  return which.map((i) => rows[i]!);
}
