/** The plan, resolved for the engine: where every instance of every row stands, worked out once. */

import { rowOf, startsOf } from '../../base/row-starts.js';
import { combine, hashText } from '../kernel/random.js';
import { linkLayout } from '../link-layout.js';
import type { Plan } from '../plan.js';
import { compileHops, type HopProgram } from './hop-program.js';
import { hasSharedMedium, sendsFrames, Way, wayOfServer } from './way.js';

/**
 * Words: a *link instance* is a link in an area instance, the row of link statistics. Where premises have links of their
 * own it has several copies: a *channel* is one copy of a link instance, a *transmitter* one copy of a server instance.
 * A *source instance* is a source row in an area instance.
 */
export interface Program {
  readonly plan: Plan;
  readonly seed: string; // of this replication
  readonly linkInstances: number;
  readonly linkStart: Uint32Array; // link instance i of link l: linkStart[l] + i
  readonly channels: number;
  readonly channelStart: Uint32Array; // channel of copy c: channelStart[l] + i * copies[l] + c
  readonly copies: Uint32Array; // per link
  readonly transmitters: number;
  /**
   * Transmitters below this number let messages take turns or have a medium that many share; those from it on are lines,
   * settled as messages come. Premises bring millions of lines, which need no columns for turns.
   */
  readonly ruled: number;
  readonly transmitterStart: Uint32Array; // copy c of server s in instance i: transmitterStart[s] + i * copies + c
  readonly transmitterServer: Uint32Array; // row of the server table
  readonly classes: number; // of priority
  readonly way: Uint8Array; // per link: Way
  readonly wayOfQueue: Uint8Array; // per link: Way of its server's own queue, which scheduled media have behind them
  /**
   * Per link, 1: one transmitter in each area carries its messages, one after the other: the end of a transmission is known when it
   * is settled, and transmissions end in the order in which they are settled.
   */
  readonly inOrder: Uint8Array;
  readonly hops: HopProgram;
  readonly sourceInstances: number;
  readonly sourceStart: Uint32Array; // source instance of row s in instance i: sourceStart[s] + i - firstInstance[s]
  readonly sourceRow: Uint32Array; // per source instance
  readonly key: Uint32Array; // per source instance: seeded hash of name and instance; orders ties, keys draws
}

/** @throws Error when the plan contradicts itself: a fault of whoever made it, not of the user. O(plan x instances). */
export function compileProgram(plan: Plan, replication: number): Program {
  const { links, servers, areas, sources } = plan;
  const seed = `${plan.seed}/${replication}`;
  const copies = links.server.map((server) => servers.copies[server]);
  const { transmitterStart, transmitterServer, ruled } = numberTransmitters(plan);
  const channelStart = startsOf(links.name.length, (l) => areas.instances[links.kind[l]] * copies[l]);
  const linkStart = linkLayout(plan);
  const wayOfQueue = links.server.map((s) => wayOfServer(plan, s));
  const sourceStart = startsOf(sources.name.length, (row) => sources.instanceCount[row]);

  for (let l = 0; l < links.name.length; l++) {
    if (servers.kind[links.server[l]] !== links.kind[l])
      throw new Error(`plan: ${links.name[l]} is not of its server's kind`);
  }
  const sourceInstances = sourceStart[sources.name.length];
  const sourceRow = rowOf(sourceStart, sourceInstances);
  const key = new Uint32Array(sourceInstances);
  for (let row = 0; row < sources.name.length; row++) {
    const name = hashText(`${seed}/${sources.name[row]}`);
    const first = sources.firstInstance[row];
    for (let i = 0; i < sources.instanceCount[row]; i++) key[sourceStart[row] + i] = combine(name, first + i);
  }

  return {
    plan,
    seed,
    linkInstances: linkStart[links.name.length],
    linkStart,
    channels: channelStart[links.name.length],
    channelStart,
    copies,
    transmitters: transmitterServer.length,
    ruled,
    transmitterStart,
    transmitterServer,
    classes: sources.priority.reduce((most, priority) => Math.max(most, priority), 0) + 1,
    way: Uint8Array.from(links.server, (s, l) => (hasSharedMedium(plan, s) ? Way.shared : wayOfQueue[l])),
    wayOfQueue: Uint8Array.from(wayOfQueue),
    inOrder: Uint8Array.from(links.server, (s, l) =>
      Number(copies[l] === 1 && (!hasSharedMedium(plan, s) || sendsFrames(plan, s))),
    ),
    hops: compileHops(plan, { copies, linkStart, channelStart, transmitterStart }),
    sourceInstances,
    sourceStart,
    sourceRow,
    key,
  };
}

/** Transmitters of a server are neighbours; servers whose transmitters are more than lines come first. */
function numberTransmitters(plan: Plan): Pick<Program, 'transmitterStart' | 'transmitterServer' | 'ruled'> {
  const { servers, areas } = plan;
  const count = (s: number) => areas.instances[servers.kind[s]] * servers.copies[s];
  const isRuled = servers.name.map((_, s) => hasSharedMedium(plan, s) || wayOfServer(plan, s) === Way.turns);
  const rows = [...servers.name.keys()];
  const transmitterServer = new Uint32Array(rows.reduce((sum, s) => sum + count(s), 0));
  const transmitterStart = new Uint32Array(rows.length);
  let next = 0;
  let ruled = 0;
  for (const s of [...rows.filter((s) => isRuled[s]), ...rows.filter((s) => !isRuled[s])]) {
    transmitterStart[s] = next;
    next += count(s);
    transmitterServer.fill(s, transmitterStart[s], next);
    if (isRuled[s]) ruled = next;
  }
  return { transmitterStart, transmitterServer, ruled };
}
