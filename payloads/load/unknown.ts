import { nearestName } from '../../base/nearest.js';
import type { Problem } from '../../base/yaml.js';

/** The problem of a name that does not exist, with the nearest one that does. */
export function unknownName(message: string, found: string, names: Iterable<string>): Problem {
  const near = nearestName(found, names);
  return { code: 'UNKNOWN_NAME', message, found, ...(near === undefined ? {} : { nearest: near }) };
}
