/** Which medium does what an access asks for. */
import type { Access, Medium } from '../../media.js';
import { openAloha } from './aloha.js';
import { openCsma } from './csma.js';
import { openDcf } from './dcf.js';
import type { MediumHost, OpenMedium, SharedMedium } from './host.js';
import { openMesh } from './mesh.js';
import { openPolled } from './polled.js';
import { openScheduled } from './scheduled.js';

/** Servers with the other accesses send frame after frame themselves (servers/services.ts). */
type Shared = Exclude<Access['kind'], 'dedicated' | 'half-duplex'>;

const openers: Readonly<Record<Shared, OpenMedium>> = {
  scheduled: openScheduled,
  polled: openPolled,
  aloha: openAloha,
  'csma-802.15.4': openCsma,
  'dcf-802.11': openDcf,
  mesh: openMesh,
};

/** @throws Error when the links serve the access themselves: a fault of the engine, not of the user. */
export function openMedium(host: MediumHost, medium: Medium, transmitter: number): SharedMedium {
  const { kind } = medium.access;
  if (kind === 'dedicated' || kind === 'half-duplex') throw new Error(`${medium.name} is not shared: ${kind}`);
  return openers[kind](host, medium, transmitter);
}
