import type { Arq, MeshAccess } from '../../media.js';
import type { AccessRules } from './access-rules.js';
import { AlohaRules } from './aloha.js';
import { Contention } from './contention.js';
import { CsmaRules } from './csma.js';
import { DcfRules } from './dcf-rules.js';
import type { OpenMedium } from './host.js';
import { MeshTree } from './mesh-tree.js';
import { openPolled } from './polled.js';

/**
 * A mesh: endpoints relay, see MeshTree for who hears whom. Every leg has the access of `hop`, an ARQ of its own, and
 * a queue at each relay, with the relay's own messages in it. A mesh that is polled is a tree of switches, whose master
 * asks one endpoint at a time over all legs.
 *
 * Cast messages are flooded: the gateway sends, then one relay per sector of ring 1 repeats the message, then of ring 2,
 * and so on to the last ring but one. Simplified: it counts as sent when the gateway's own frames got through, and
 * arrives everywhere when the last ring has been served; the shares of listeners who miss it are drawn elsewhere.
 */
export const openMesh: OpenMedium = (host, medium, transmitter) => {
  const { access } = medium;
  if (access.kind !== 'mesh') throw new Error(`plan: ${medium.name} is no mesh`);
  const rules = rulesOf(access, medium.arq);
  if (rules === undefined) return openPolled(host, medium, transmitter);
  return new Contention(host, medium, transmitter, rules, new MeshTree(host.program, medium, access, transmitter));
};

/** Undefined where the gateway asks. */
function rulesOf({ hop }: MeshAccess, arq: Arq | undefined): AccessRules | undefined {
  if (hop.kind === 'csma-802.15.4') return new CsmaRules(hop, arq?.backoffS);
  if (hop.kind === 'aloha') return new AlohaRules(hop);
  if (hop.kind === 'dcf-802.11') return new DcfRules(hop);
  return undefined;
}
