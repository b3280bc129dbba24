/** Where payloads travel: the reference architecture, deployment profiles, the path algebra and routes. */

export { countOptions, enumerateOptions, MOST_OPTIONS } from './algebra/enumerate.js';
export { AlgebraError, type Expression } from './algebra/expression.js';
export { type NumberedOption, numberOptions, selectOptions } from './algebra/options.js';
export { parseExpression } from './algebra/parse.js';
export { printExpression } from './algebra/print.js';
export { loadModel, loadSystem, type ModelTexts } from './load.js';
export { type ModelData, ReferenceModel, type Unassigned } from './model.js';
export { decisionsOf } from './profiles/decisions.js';
export { describeProfile } from './profiles/describe.js';
export {
  allProfiles,
  decodeProfile,
  encodeProfile,
  findProfile,
  NO_PROFILE,
  unknownProfile,
} from './profiles/profiles.js';
export { modelTexts, PRECOMPILED_MODEL_FILE, referenceData, referenceModel } from './reference.js';
export {
  absence,
  allSimplePaths,
  findRoutes,
  type RouteOptions,
  type RouteResult,
  Router,
  routerOf,
  siteOf,
} from './route.js';
export { extendModel, type SystemTopology } from './system.js';
export { builtInSystem, readSystem } from './systems.js';
export type * from './types.js';
