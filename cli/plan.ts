import { compile, loadScenario } from '../pipeline.js';
import { type Plan, Process } from '../sim/plan.js';
import { volumetrics } from '../sim/volumetrics.js';
import { columns } from './table.js';

/** `fanplan plan`: the compiled plan for a person, or as JSON (typed arrays become arrays, Infinity and NaN null). */
export function plan(file: string, options: { json?: boolean }): void {
  const compiled = compile(loadScenario(file));
  if (options.json === true) {
    process.stdout.write(
      `${JSON.stringify(compiled, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value))}\n`,
    );
    return;
  }
  console.log([head(compiled), links(compiled), flows(compiled), left(compiled), assumptions(compiled)].join('\n\n'));
}

function head(plan: Plan): string {
  const areas = plan.areas.kind.slice(1).map((kind, i) => `${plan.areas.instances[i + 1]} ${kind} areas`);
  return [
    `${plan.name}: profile ${plan.profile}, ${plan.load}, ${plan.time.horizonS / 3600} hours from ${plan.time.startLocal} (${plan.time.zone})`,
    `${areas.join(', ')}; ${plan.flows.name.length} flows from ${plan.sources.name.length} kinds of source`,
  ].join('\n');
}

function links(plan: Plan): string {
  const { name, kind, dataFlow, rateBps, delayS } = plan.links;
  const rows = name.map((link, i) => [
    link,
    plan.areas.instances[kind[i]!]! * plan.servers.copies[plan.links.server[i]!]!,
    Number.isFinite(rateBps[i]!) ? `${rateBps[i]! / 1000} kbit/s` : 'no transmission time',
    `${Number((delayS[i]! * 1000).toPrecision(12))} ms`,
    plan.media[plan.servers.medium[plan.links.server[i]!]!]?.name ?? '-',
    dataFlow[i]!,
  ]);
  return `LINKS\n${columns(rows, ['link', 'number', 'rate', 'delay', 'technology', 'data flows'])}`;
}

function flows(plan: Plan): string {
  const expected = volumetrics(plan).flows.delivered;
  const caused = new Set<number>();
  plan.sources.process.forEach((process, source) => {
    if (process !== Process.caused) return;
    for (let i = plan.sources.flowStart[source]!; i < plan.sources.flowStart[source + 1]!; i++)
      caused.add(plan.sources.flowItem[i]!);
  });
  const rows = plan.flows.name.map((name, i) => [
    name,
    significant(expected[i]!),
    plan.flows.sizeB[i]!,
    plan.flows.route[i]!,
    caused.has(i) ? 'answers its command' : plan.flows.howOften[i]!,
  ]);
  return `FLOWS\n${columns(rows, ['flow', 'messages in the run', 'bytes', 'route', 'how often'])}`;
}

function left(plan: Plan): string {
  const byReason = new Map<string, number>();
  for (const { reason } of plan.outOfScope) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  const rows = [...byReason].sort((a, b) => b[1] - a[1]).map(([reason, count]) => [count, reason]);
  return `OUT OF SCOPE\n${rows.length === 0 ? 'nothing' : columns(rows, ['flows', 'reason'])}`;
}

function assumptions(plan: Plan): string {
  const rows = plan.assumptions.map(({ kind, key, value, unit, reason }) => [
    kind,
    key,
    `${value} ${unit}`.trim(),
    reason,
  ]);
  return `ASSUMPTIONS\n${columns(rows, ['kind', 'key', 'value', 'reason'])}`;
}

function significant(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(4)));
}
