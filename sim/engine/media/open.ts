/** Which medium does what an access asks for. */
import type { Access, Medium } from '../../media.js';
import { openAloha } from './aloha.js';
import { openCsma } from './csma.js';
import { openDcf } from './dcf.js';
import type { MediumHost, OpenMedium, SharedMedium } from './host.js';
import { openMesh } from './mesh.js';
import { openPolled } from './polled.js';
import { openScheduled } from './scheduled.js';

const openers: Partial<Record<Access['kind'], OpenMedium>> = {
  aloha: openAloha,
  'csma-802.15.4': openCsma,
  'dcf-802.11': openDcf,
  mesh: openMesh,
  polled: openPolled,
  scheduled: openScheduled,
};

/** @throws Error when nobody serves the access: a fault of the plan's maker, not of the user. */
export function openMedium(host: MediumHost, medium: Medium, transmitter: number): SharedMedium {
  const open = openers[medium.access.kind];
  if (open === undefined) throw new Error(`plan: no medium for access ${medium.access.kind} of ${medium.name}`);
  return open(host, medium, transmitter);
}
