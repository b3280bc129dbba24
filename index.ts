/**
 * fanplan as a library.
 *
 *   import { openScenario, compile, evaluate, writeResults } from 'fanplan';
 *   const scenario = openScenario('city.yaml');
 *   const results = await evaluate(compile(scenario), scenario);
 *   if (results) await writeResults('results/city', results);
 */
export { AccessError, type Diagnostic, type DiagnosticCode, formatDiagnostic, InputError } from './base/diagnostics.js';
export { sgNetwork } from './payloads/catalogue.js';
export type { Catalogue, CatalogueFlow, CatalogueRow } from './payloads/types.js';
export { compile, type EvaluateOptions, evaluate, openScenario, scenarioContext } from './pipeline.js';
export { writeResults } from './reports/index.js';
export { scenarioSchema } from './scenarios/schema.js';
export type { Scenario } from './scenarios/types.js';
export { closedFormLatency } from './sim/closed-form.js';
export { makeUp } from './sim/make-up.js';
export type { Plan } from './sim/plan.js';
export type { ReplicationStats } from './sim/replication.js';
export { simulateReplications } from './sim/replications.js';
export type { FlowResult, HourResult, LinkResult, Results, Verdict } from './sim/results.js';
export { simulateReplication } from './sim/simulate.js';
export { summarise } from './sim/summary.js';
export { volumetrics } from './sim/volumetrics.js';
export type { DeploymentProfile, Route } from './topologies/types.js';
