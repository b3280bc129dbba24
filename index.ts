/**
 * fanplan as a library.
 *
 *   import { loadScenario, compile, simulate, writeResults } from 'fanplan';
 *   const scenario = loadScenario('city.yaml');
 *   const results = await simulate(compile(scenario));
 *   if (results) await writeResults('results/city', results);
 */
export { AccessError, type Diagnostic, type DiagnosticCode, formatDiagnostic, InputError } from './base/diagnostics.js';
export { sgNetwork } from './payloads/catalogue.js';
export type { Catalogue, CatalogueFlow, CatalogueRow } from './payloads/types.js';
export {
  compile,
  loadScenario,
  type SimulateOptions,
  scenarioContext,
  simulate,
  simulateScenario,
} from './pipeline.js';
export {
  type Chart,
  type Column,
  checkTarget,
  columns,
  type Drawing,
  type Estimate,
  type ExtraFormat,
  growth,
  margins,
  type Picture,
  type PictureMaker,
  pareto,
  ranked,
  renderSvg,
  reportPage,
  type StudyReport,
  type StudyTable,
  studyPage,
  sweep,
  tornado,
  type WriteOptions,
  writeResults,
  writeStudy,
} from './reports/index.js';
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
