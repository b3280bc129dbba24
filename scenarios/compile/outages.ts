import type { OutageTable } from '../../sim/plan.js';
import type { LinkOutage, PowerOutage } from '../types.js';
import { AREA_KINDS, type AreaKind, CENTRE, DAP } from './areas.js';
import type { CompileContext } from './context.js';
import type { Links } from './links.js';
import { metersWithoutPower } from './nodes.js';
import { toRanges } from './spread.js';

interface OutageRow {
  readonly name: string;
  readonly kind: AreaKind;
  readonly first: number;
  readonly count: number;
  readonly server: number;
  readonly nodes: number;
  readonly fromS: number;
  readonly toS: number;
}

/**
 * When nothing is sent: by links that are out, and by meters without power once their stored energy is used up. Those are
 * the first meters of their areas, neighbours, and the same that the outage lets send a last gasp.
 */
export function outageTable(links: Links, context: CompileContext): OutageTable {
  const rows = context.scenario.events.flatMap((event) => {
    if (event.kind === 'outage') return withoutPower(event, context);
    return event.kind === 'links' ? linksOut(event, links, context) : [];
  });
  return {
    name: rows.map((row) => row.name),
    kind: Uint8Array.from(rows, (row) => row.kind),
    firstInstance: Uint32Array.from(rows, (row) => row.first),
    instanceCount: Uint32Array.from(rows, (row) => row.count),
    server: Int32Array.from(rows, (row) => row.server),
    firstNode: new Uint32Array(rows.length),
    nodes: Uint32Array.from(rows, (row) => row.nodes),
    fromS: Float64Array.from(rows, (row) => row.fromS),
    toS: Float64Array.from(rows, (row) => row.toS),
  };
}

function withoutPower(outage: PowerOutage, { deployment, areas, assumptions, profile, scenario }: CompileContext) {
  const { name, share, atS, durationS, holdUpS } = outage;
  if (profile.ami === undefined || holdUpS >= durationS) return [];
  assumptions.add({
    kind: 'limit',
    key: `events (${name})`,
    value: 'reads go on',
    reason:
      'on links with shared radios a meter without power sends and relays nothing; on others its scheduled messages go on, which errs on the side of more load',
    source: scenario.file,
  });
  return toRanges(metersWithoutPower(share, deployment, areas)).map(
    (range): OutageRow => ({
      name,
      kind: DAP,
      first: range.first,
      count: range.count,
      server: -1,
      nodes: range.devices,
      fromS: atS + holdUpS,
      toS: atS + durationS,
    }),
  );
}

function linksOut(
  { name, of, atS, durationS, areasOf, areas, members }: LinkOutage,
  links: Links,
  context: CompileContext,
): OutageRow[] {
  const servers = new Map<number, AreaKind>();
  for (const { network, dataFlows, server, kind } of links.rows) {
    if (areasOf !== undefined && AREA_KINDS[kind] !== areasOf) continue;
    if (network === of || dataFlows.has(of)) servers.set(server, kind);
  }
  const note = (value: string, reason: string) =>
    context.assumptions.add({ kind: 'limit', key: `events (${name})`, value, reason });
  const where = areasOf === undefined ? of : `${of} of ${areasOf} areas`;
  if (servers.size === 0) note(where, 'no message of this run crosses it, so that its outage changes nothing');
  const most = Math.max(0, ...[...servers.values()].map((kind) => context.areas.instances[kind]!));
  const beyond = typeof areas === 'number' ? [] : areas.filter((area) => servers.size > 0 && area > most);
  if (beyond.length > 0) note(`areas ${beyond.join(', ')}`, `there are ${most} areas: these numbers name none`);
  const { name: names, copies } = links.serverTable();
  const shared = [...servers.keys()].filter((server) => copies[server] === 1);
  if (members < 1 && shared.length > 0) {
    note(
      `members of ${shared.map((server) => names[server]).join(', ')}`,
      'they have no links of their own: all are out',
    );
  }
  return [...servers].flatMap(([server, kind]) =>
    toRanges(areasOut(areas, kind, context.areas.instances[kind]!)).map(
      ({ first, count }): OutageRow => ({
        name: `${name}: ${names[server]}`,
        kind,
        first,
        count,
        server,
        // 0: all copies
        nodes: members === 1 || copies[server] === 1 ? 0 : Math.max(1, Math.round(members * copies[server]!)),
        fromS: atS,
        toS: atS + durationS,
      }),
    ),
  );
}

/** 1 for each instance whose links are out. Of a share of the areas at least one; the centre is one area. */
function areasOut(areas: LinkOutage['areas'], kind: AreaKind, instances: number): number[] {
  const isOut = (instance: number) => {
    if (kind === CENTRE) return true;
    if (typeof areas !== 'number') return areas.includes(instance + 1);
    return areas > 0 && instance < Math.max(1, Math.round(areas * instances));
  };
  return Array.from({ length: instances }, (_, instance) => (isOut(instance) ? 1 : 0));
}
