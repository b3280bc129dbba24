/** Which medium does what an access asks for. */
import type { Access, Medium } from '../../media.js';
import type { MediumHost, OpenMedium, SharedMedium } from './host.js';

const openers: Partial<Record<Access['kind'], OpenMedium>> = {};

/** Whether the links give messages to a medium of their own, or serve them themselves, frame after frame. */
export const isShared = (access: Access): boolean => access.kind !== 'dedicated' && access.kind !== 'half-duplex';

/** @throws Error when nobody serves the access: a fault of the plan's maker, not of the user. */
export function openMedium(host: MediumHost, medium: Medium, transmitter: number): SharedMedium {
  const open = openers[medium.access.kind];
  if (open === undefined) throw new Error(`plan: no medium for access ${medium.access.kind} of ${medium.name}`);
  return open(host, medium, transmitter);
}
