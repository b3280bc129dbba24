import { nearestTo } from '../../base/nearest.js';
import type { Problem } from '../../base/yaml.js';

/** The problem of a name that does not exist, with the nearest one that does. */
export function unknownName(message: string, found: string, names: Iterable<string>): Problem {
  return { code: 'UNKNOWN_NAME', message, found, ...nearestTo(found, names) };
}
