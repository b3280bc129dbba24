/** Where more of a resource never makes anything worse: the closed form in a rate, and a lone infinite FIFO queue. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { packageRoot } from '../../base/files.js';
import { compile, contextOf, loadScenario } from '../../pipeline.js';
import { closedFormLatency } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { readLadder } from '../../studies/size/ladders.js';
import { closedFormTrial } from '../../studies/trial/closed-form-trial.js';
import { loadVariant } from '../../studies/variants/variants.js';
import { buildPlan } from '../../test/sim/plan-builder.js';
import type { Ledger } from '../ledger.js';

/** Shares at which the delays of a flow are compared. */
const SHARES = [0.5, 0.95, 0.99];
/** Relative; sums of floats at different rates. */
const ROUNDING = 1e-9;

interface AtRate {
  readonly text: string;
  readonly outcome: string;
  /** By flow: mean, then the shares; NaN where the closed form says nothing. */
  readonly delaysS: readonly (readonly number[])[];
  readonly holds: readonly string[];
  readonly utilisation: readonly number[];
}

/** Closed form: utilisations, mean delays and percentiles of every flow fall with the rate; a pass stays a pass. @param stride every so many values of the series, from a kbit/s to 10 Mbit/s */
export function proveClosedForm(ledger: Ledger, file: string, network: string, stride: number): void {
  const text = readFileSync(join(packageRoot, 'scenarios', file), 'utf8');
  const source = { file, text };
  const scenario = loadScenario(source);
  const ladder = readLadder(`${network}.rate`, scenario, contextOf(scenario.catalogues), { mostEndpoints: Infinity });
  const range = ladder.steps.filter((step, i) => i % stride === 0 && /^\d+(\.\d+)? (k|M)bit/.test(step.text));
  const points = range.map((step): AtRate => {
    const plan = compile(loadVariant({ name: file, source, settings: [step] }, contextOf));
    return atRate(plan, step.text);
  });
  const wrong: string[] = [];
  let compared = 0;
  for (const [i, above] of points.slice(1).entries()) {
    const below = points[i]!;
    const at = `${below.text} to ${above.text}`;
    if (below.outcome === 'pass' && above.outcome !== 'pass') wrong.push(`${at}: ${above.outcome} above a pass`);
    above.utilisation.forEach((share, link) => {
      if (share > below.utilisation[link]! * (1 + ROUNDING)) wrong.push(`${at}: link ${link} is busier`);
    });
    above.delaysS.forEach((delays, flow) => {
      if (above.holds[flow] !== 'valid' || (below.holds[flow] !== 'valid' && below.holds[flow] !== 'overload')) return;
      delays.forEach((delayS, k) => {
        const beforeS = below.delaysS[flow]![k]!;
        if (Number.isNaN(delayS) || Number.isNaN(beforeS)) return;
        compared++;
        if (delayS > beforeS * (1 + ROUNDING)) wrong.push(`${at}: flow ${flow}, ${beforeS} s to ${delayS} s`);
      });
    });
  }
  const outcomes = new Set(points.map(({ outcome }) => outcome));
  ledger.claim(
    `closed form of ${file}: at ${points.length} rates of ${network} no link is busier and no delay longer than at the rate before (${compared} delays compared)`,
    compared < 1000 ? ['too few delays to mean anything', ...wrong] : wrong,
  );
  ledger.claim(
    `closed form of ${file}: some rates of ${network} fail and some pass`,
    outcomes.has('pass') && outcomes.has('fail') ? [] : [[...outcomes].join(', ')],
  );
}

function atRate(plan: Plan, text: string): AtRate {
  const trial = closedFormTrial(plan, 1, 'as it is');
  const failing = trial.findings.some(({ outcome }) => outcome === 'fail');
  const latencies = closedFormLatency(plan, volumetrics(plan));
  return {
    text,
    outcome: failing ? 'fail' : 'pass',
    delaysS: plan.flows.name.map((_, flow) => [
      latencies.meanS[flow]!,
      ...SHARES.map((share) => latencies.quantileS(flow, share)),
    ]),
    holds: latencies.holds,
    utilisation: trial.links.map(({ busyHourUtilisation }) => busyHourUtilisation),
  };
}

interface Queue {
  readonly slow: Plan;
  readonly fast: Plan;
}

const RATES_BPS = [600, 900, 1000, 1600, 3000, 12_000];

/** One FIFO server without a limit, up to four sources of any process, the same arrivals at two rates, loads up to 3. */
const anyFifo: fc.Arbitrary<Queue> = fc
  .record({
    sources: fc.array(
      fc.record({
        devices: fc.integer({ min: 1, max: 8 }),
        periodS: fc.constantFrom(3, 11, 70),
        sizeB: fc.constantFrom(30, 111, 407),
        sizeLaw: fc.constantFrom('fixed' as const, 'exponential' as const),
        process: fc.constantFrom('poisson' as const, 'periodic' as const),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    burst: fc.boolean(),
    rates: fc
      .tuple(fc.nat(RATES_BPS.length - 1), fc.nat(RATES_BPS.length - 1))
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => [RATES_BPS[Math.min(a, b)]!, RATES_BPS[Math.max(a, b)]!] as const),
    seed: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ sources, burst, rates: [slowBps, fastBps], seed }) => {
    const own = sources.map((source, i) => ({ ...source, name: `s${i}`, path: ['x'] }));
    const all = burst
      ? [...own, { name: 'burst', devices: 40, bursts: [300], spreadS: 5, sizeB: 200, path: ['x'] }]
      : own;
    const at = (rateBps: number) =>
      buildPlan({
        seed: String(seed),
        horizonS: 1200,
        dayLengthS: [1200],
        links: { x: { rateBps, delayS: 0.1 } },
        sources: all,
      });
    return { slow: at(slowBps), fast: at(fastBps) };
  });

/** A simulated lone infinite FIFO queue with the same arrivals: no message is later at the higher rate. */
export function proveFifo(ledger: Ledger, cases: number): void {
  let messages = 0;
  let sooner = 0;
  const property = fc.property(anyFifo, ({ slow, fast }) => {
    const [before, after] = [deliveries(slow), deliveries(fast)];
    for (const [message, atS] of before) {
      const then = after.get(message);
      assert.ok(then !== undefined, `${message} is not delivered at the higher rate`);
      assert.ok(then <= atS * (1 + ROUNDING), `${message}: ${atS} s, at the higher rate ${then} s`);
      messages++;
      if (then < atS) sooner++;
    }
  });
  const outcome = fc.check(property, { seed: 1, numRuns: cases });
  ledger.claim(
    `a lone infinite FIFO: in ${cases} queues no message is later at a higher rate (${messages} messages, ${sooner} of them sooner)`,
    outcome.failed ? [fc.defaultReportMessage(outcome) ?? 'failed'] : messages === 0 ? ['no message'] : [],
  );
}

/** Instant of each delivery, by source, message and creation: arrivals are the same at every rate. */
function deliveries(plan: Plan): Map<string, number> {
  const times = new Map<string, number>();
  simulateReplication(plan, 1, {
    trace: (flow, _source, number, _hop, _instance, device, createdS, atS) => {
      times.set(`${plan.flows.name[flow]} ${number} of ${device} at ${createdS} s`, atS);
    },
  });
  return times;
}
