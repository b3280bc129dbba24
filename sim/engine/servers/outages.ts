import type { Plan } from '../../plan.js';
import type { Program } from '../program.js';

/** Times [fromS, toS) of the whole run, sorted and disjoint. */
interface Times {
  readonly fromS: number[];
  readonly toS: number[];
}

/**
 * When transmitters are out and endpoints have no power. The plan gives times of the measured run: there are none before
 * `begin`.
 */
export class Outages {
  private readonly program: Program;
  /** Rows of the plan's outages per transmitter, and per `kind/instance` for endpoints. */
  private readonly rows = new Map<number, number[]>();
  private readonly endpointRows = new Map<string, number[]>();
  private readonly times = new Map<number, Times>();
  private startS = Number.POSITIVE_INFINITY;

  constructor(program: Program) {
    const { plan, transmitterStart } = program;
    const { outages, servers } = plan;
    this.program = program;
    for (let row = 0; row < outages.name.length; row++) {
      const server = outages.server[row];
      const first = outages.firstInstance[row];
      for (let i = first; i < first + outages.instanceCount[row]; i++) {
        if (server < 0) {
          append(this.endpointRows, `${outages.kind[row]}/${i}`, row);
          continue;
        }
        const copies = servers.copies[server];
        const from = outages.nodes[row] === 0 ? 0 : outages.firstNode[row];
        const to = outages.nodes[row] === 0 ? copies : Math.min(copies, from + outages.nodes[row]);
        for (let c = from; c < to; c++) append(this.rows, transmitterStart[server] + i * copies + c, row);
      }
    }
  }

  /** The measured run begins. O(outages x instances). */
  begin(startS: number): void {
    this.startS = startS;
    for (const [transmitter, rows] of this.rows) this.times.set(transmitter, merged(this.program.plan, rows, startS));
  }

  /** When a transmission may start that could at `atS`: then, or when the outage is over. O(outages of the transmitter). */
  upFromS(transmitter: number, atS: number): number {
    if (this.times.size === 0) return atS; // without outages, as in most plans, not even the look-up
    const times = this.times.get(transmitter);
    if (times === undefined) return atS;
    const next = times.toS.findIndex((toS) => toS > atS);
    return next >= 0 && times.fromS[next] <= atS ? times.toS[next] : atS;
  }

  /** Start of the next outage at or after `atS`, which is in none; Infinity. */
  nextFromS(transmitter: number, atS: number): number {
    if (this.times.size === 0) return Number.POSITIVE_INFINITY;
    return this.times.get(transmitter)?.fromS.find((fromS) => fromS >= atS) ?? Number.POSITIVE_INFINITY;
  }

  /** Whether endpoint `node` of the area instance has power at `atS`. */
  hasPower(kind: number, instance: number, node: number, atS: number): boolean {
    if (this.endpointRows.size === 0) return true;
    const { outages } = this.program.plan;
    const rows = this.endpointRows.get(`${kind}/${instance}`);
    if (rows === undefined) return true;
    return !rows.some((row) => {
      const nth = node - outages.firstNode[row];
      if (nth < 0 || nth >= outages.nodes[row]) return false;
      return this.startS + outages.fromS[row] <= atS && atS < this.startS + outages.toS[row];
    });
  }
}

function append<K>(map: Map<K, number[]>, key: K, row: number): void {
  const rows = map.get(key);
  if (rows === undefined) map.set(key, [row]);
  else rows.push(row);
}

function merged({ outages }: Plan, rows: readonly number[], startS: number): Times {
  const times: Times = { fromS: [], toS: [] };
  for (const row of [...rows].sort((a, b) => outages.fromS[a] - outages.fromS[b])) {
    const [fromS, toS] = [startS + outages.fromS[row], startS + outages.toS[row]];
    if (toS <= fromS) continue;
    const last = times.toS.length - 1;
    if (last >= 0 && fromS <= times.toS[last]) times.toS[last] = Math.max(times.toS[last], toS);
    else {
      times.fromS.push(fromS);
      times.toS.push(toS);
    }
  }
  return times;
}
