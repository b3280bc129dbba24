/** The program as one file (scripts/bundle.ts). */
export { saveCode } from '../base/code-cache.js';
export { optimiseLater } from '../base/optimising.js';
export { main } from './main.js';
