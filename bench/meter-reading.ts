/**
 * A day of meter reading for a city: 100,000 electric meters in 100 DAPs, the use case Meter Reading at baseload over
 * 24 hours, one replication in one thread. From the scenario's text to the counts, without files.
 * `npm run bench` prints one line of JSON and a row for a table; it fails when the counts are not those of the plan or a
 * target is missed: 5 s of simulation, 500 MiB.
 */
import { cpus } from 'node:os';
import { compile, loadScenario } from '../pipeline.js';
import { simulateReplication } from '../sim/simulate.js';
import { volumetrics } from '../sim/volumetrics.js';

const SCENARIO = `name: Meter reading of a city
profile: ACvIW
useCases: [meter-reading]
load: baseload
deployment:
  meters: 100000
  daps: 100
duration: 1 day
warmUp: 0 days
`;
const TARGET_S = 5;
const TARGET_MIB = 500;
/** Standard deviations that the number of messages may be off. */
const FAR = 6;

const plan = compile(loadScenario({ text: SCENARIO, file: 'meter-reading.yaml' }));
const expected = volumetrics(plan);
const startedMs = performance.now();
const { counts, flows } = simulateReplication(plan, 1);
const simulationS = (performance.now() - startedMs) / 1000;
const processS = process.uptime();
const peakMiB = process.resourceUsage().maxRSS / 1024;

const due = expected.sources.messages.reduce((sum, messages) => sum + messages, 0);
const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
const problems = [
  Math.abs(counts.messages - due) > FAR * Math.sqrt(due) && `${counts.messages} messages instead of about ${due}`,
  sum(flows.sent) !== sum(flows.delivered) + sum(flows.inFlightEnd) && 'messages are neither delivered nor under way',
  simulationS >= TARGET_S && `the simulation takes ${simulationS.toFixed(2)} s, not less than ${TARGET_S} s`,
  peakMiB >= TARGET_MIB && `the process needs ${peakMiB.toFixed(0)} MiB, not less than ${TARGET_MIB} MiB`,
].filter((problem) => problem !== false);

const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
const date = new Date().toISOString().slice(0, 10);
const perS = counts.messages / simulationS;
console.log(
  JSON.stringify({
    bench: 'meter-reading',
    date,
    machine,
    ...counts,
    expectedMessages: Math.round(due),
    simulationS: Number(simulationS.toFixed(3)),
    processS: Number(processS.toFixed(3)),
    peakMiB: Math.round(peakMiB),
    messagesPerS: Math.round(perS),
  }),
);
console.log(
  `| ${date} | ${machine} | ${counts.messages} | ${simulationS.toFixed(2)} s | ${processS.toFixed(2)} s | ${peakMiB.toFixed(0)} MiB | ${(perS / 1e6).toFixed(2)} M/s |`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
