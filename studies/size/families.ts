/** Technologies that are steps of one ladder. */
import type { Technology } from '../../topologies/technology-types.js';

/**
 * The technologies of the same kind: the same access (of a mesh, of its hops too) for the same networks; the slowest
 * first. So the Wi-SUN and frequency hopping meshes are one family, cellular networks from GPRS on another.
 */
export function familyOf(technology: Technology, library: readonly Technology[]): Technology[] {
  const kind = kindOf(technology);
  const own = library.some(({ name }) => name === technology.name) ? library : [technology, ...library];
  return own
    .filter((one) => kindOf(one) === kind)
    .sort((a, b) => rateBpsOf(a) - rateBpsOf(b) || (a.name < b.name ? -1 : 1));
}

/** What frames get in the slower direction, bit/s. */
export function rateBpsOf({ rates }: Technology): number {
  return Math.min(...[rates.up, rates.down].map(({ phyBps, effectiveBps }) => effectiveBps ?? phyBps));
}

function kindOf({ access, networks }: Technology): string {
  const how = access.kind === 'mesh' ? `mesh of ${access.hop.kind}` : access.kind;
  return `${how} for ${[...networks].sort().join(' ')}`;
}
