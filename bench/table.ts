/** A line of JSON and a row of the table for a measured workload. */
import { type Measured, median, ratioTo, type Sample, speed } from './sample.js';

export const TABLE_HEAD = [
  '| workload | messages | events | hops | wall s: median (min, max) | messages/s | peak MiB | compared | target |',
  '| --- | --: | --: | --: | --: | --: | --: | --- | --- |',
].join('\n');

export function tableRow(measured: Measured): string {
  const { workload, samples } = measured;
  const own = samples.get(workload.contenders[0]!.name)!;
  const others = workload.contenders.slice(1).map(({ name }) => `${figure(ratioTo(measured, name))} x ${name}`);
  const targets = workload.targets.map(({ text, met }) => `${met(measured) ? 'met' : '**missed**'}: ${text}`);
  const { messages, events, hops } = own[0]!;
  const perS = messages > 0 ? figure(median(own.map(speed))) : '';
  const cells = [
    `${workload.name} (${workload.phase})`,
    ...[messages, events, hops].map((count) => (count > 0 ? count.toLocaleString('en') : '')),
    spread(own.map(({ wallS }) => wallS)),
    perS,
    figure(median(own.map(({ peakMiB }) => peakMiB))),
    others.join('<br>'),
    targets.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function jsonLine(measured: Measured): string {
  const { workload, samples, problems } = measured;
  const contenders = Object.fromEntries(
    [...samples].map(([name, runs]) => {
      const { messages, events, hops, latencyMs, more } = runs[0]!;
      const wallS = runs.map((run) => Number(run.wallS.toPrecision(4)));
      const peakMiB = runs.map((run) => Math.round(run.peakMiB));
      return [
        name,
        { messages, events, hops, wallS, peakMiB, ...(latencyMs && { latencyMs: rounded(latencyMs) }), ...more },
      ];
    }),
  );
  const ratios = Object.fromEntries(
    workload.contenders.slice(1).map(({ name }) => [name, Number(ratioTo(measured, name).toPrecision(3))]),
  );
  const targets = Object.fromEntries(workload.targets.map(({ text, met }) => [text, met(measured)]));
  return JSON.stringify({ workload: workload.name, phase: workload.phase, contenders, ratios, targets, problems });
}

function rounded(latencyMs: NonNullable<Sample['latencyMs']>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(latencyMs)
      .slice(0, 3)
      .map(([flow, ms]) => [flow, Number(ms.toFixed(3))]),
  );
}

function spread(values: readonly number[]): string {
  const all = `${figure(median(values))}`;
  return values.length === 1 ? all : `${all} (${figure(Math.min(...values))}, ${figure(Math.max(...values))})`;
}

/** Three digits. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
