import { startsOf } from '../../base/row-starts.js';
import type { PopulationTable } from '../../sim/plan.js';
import { type AreaKind, kindOfSite } from './areas.js';
import { column } from './column.js';
import type { CompileContext } from './context.js';
import type { Leg } from './legs.js';
import { clipped } from './sources.js';
import { type InstanceRange, toRanges } from './spread.js';

/** Listeners of broadcasts: who hears one in each area. */
export class Populations {
  readonly #rows: { name: string; kind: AreaKind; ranges: readonly InstanceRange[] }[] = [];
  readonly #byName = new Map<string, number>();
  readonly #context: CompileContext;

  constructor(context: CompileContext) {
    this.#context = context;
  }

  /** Handle of the devices of a leg, which are of the catalogue's population `name`. */
  of(name: string, leg: Leg): number {
    const { areas, topology } = this.#context;
    const full = [name, leg.devices, leg.option, leg.backhaul].filter((part) => part !== '').join(' ');
    const known = this.#byName.get(`${full} ${leg.count}`);
    if (known !== undefined) return known;
    const site = topology.siteOf(leg.counted);
    const kind = kindOfSite(site);
    const ranges = toRanges(clipped(areas.spread(leg.count, kind, site), leg.clip));
    this.#rows.push({ name: full, kind, ranges });
    this.#byName.set(`${full} ${leg.count}`, this.#rows.length - 1);
    return this.#rows.length - 1;
  }

  table(): PopulationTable {
    const rows = this.#rows;
    const ranges = rows.flatMap((row) => row.ranges);
    return {
      name: rows.map((row) => row.name),
      kind: column(Uint8Array, rows, (row) => row.kind),
      start: startsOf(rows.length, (row) => rows[row]!.ranges.length),
      firstInstance: column(Uint32Array, ranges, (range) => range.first),
      instanceCount: column(Uint32Array, ranges, (range) => range.count),
      devices: column(Uint32Array, ranges, (range) => range.devices),
    };
  }
}
