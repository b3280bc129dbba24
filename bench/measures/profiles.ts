/** `profiles.js SCENARIO`: all 948 deployment profiles of a scenario in closed form. A message here is a profile. */
import { allCodes, closedFormOfProfiles } from '../../studies/profiles/profiles.js';

const codes = allCodes();
const startedMs = performance.now();
const rows = closedFormOfProfiles(process.argv[2]!, codes);
const wallS = (performance.now() - startedMs) / 1000;
const judged = rows.reduce((sum, { latency }) => sum + latency.judged, 0);
console.log(JSON.stringify({ messages: rows.length, hops: 0, events: 0, wallS, more: { flowsJudged: judged } }));
