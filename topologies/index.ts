/** Where payloads travel: the reference architecture, deployment profiles, the path algebra and routes. */

export { countOptions, enumerateOptions, MOST_OPTIONS } from './algebra/enumerate.js';
export { AlgebraError, type Expression } from './algebra/expression.js';
export { type NumberedOption, numberOptions, selectOptions } from './algebra/options.js';
export { parseExpression } from './algebra/parse.js';
export { printExpression } from './algebra/print.js';
export { loadModel, type ModelTexts } from './load.js';
export { type ModelData, ReferenceModel, type Unassigned } from './model.js';
export { decisionsOf } from './profiles/decisions.js';
export { describeProfile } from './profiles/describe.js';
export { allProfiles, decodeProfile, encodeProfile, findProfile, unknownProfile } from './profiles/profiles.js';
export { modelTexts, PRECOMPILED_MODEL_FILE, referenceModel } from './reference.js';
export { absence, allSimplePaths, findRoutes, type RouteOptions, type RouteResult, Router, siteOf } from './route.js';
export type * from './types.js';
