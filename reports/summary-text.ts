import { join } from 'node:path';
import type { FlowResult, LinkResult, Results } from '../sim/results.js';
import { formatBps, formatShare, plural } from './format.js';
import { type SystemsOnLink, systemsByLink } from './systems.js';
import { findings, highUtilisation, linkLabel, verdictOrder } from './verdicts.js';

/** How the terminal shows things; colours are the caller's. */
export interface SummaryStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const MOST_FAILING = 10;
const MOST_UNDECIDED = 5;
const MOST_LINKS = 6;
const SHORTEST_REASON = 20;

/** What a person wants to know when a run ends: verdicts, what fails, the busiest links, where the report is. No last line feed. */
export function summaryText(results: Results, folder: string, style: SummaryStyle): string {
  const { counts, fewMessages, failing, undecided, busiest } = findings(results);
  const colourOf = { fail: style.bad, undecided: style.warn, pass: style.good } as Partial<
    Record<string, (text: string) => string>
  >;
  const verdicts = verdictOrder
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => (colourOf[verdict] ?? style.faint)(`${counts[verdict]} ${verdict}`));
  const lines = [
    `${style.strong(plural(results.flows.length, 'flow'))}: ${verdicts.length === 0 ? 'nothing to judge' : verdicts.join(', ')}`,
    ...(fewMessages === 0
      ? []
      : [style.faint(cut(`${fewMessages} pass on few messages; the report says which`, style.width))]),
    ...interrupted(results, style),
    ...flowLines('Fails', failing, MOST_FAILING, style.bad, style),
    ...flowLines('Undecided', undecided, MOST_UNDECIDED, style.warn, style),
  ];
  if (busiest.length > 0) {
    lines.push('', style.strong('Busiest links'), ...linkLines(busiest.slice(0, MOST_LINKS), style));
  }
  const shared = systemsByLink(results.systems).filter(({ systems }) => systems.length > 1);
  if (shared.length > 0) {
    lines.push('', style.strong('Systems on shared links'), ...systemLines(shared, style));
  }
  if (results.outOfScope.length > 0) {
    lines.push(
      '',
      style.faint(`${plural(results.outOfScope.length, 'catalogue flow')} out of scope; the report says why`),
    );
  }
  lines.push('', `Report: ${style.strong(join(folder, 'report.html'))}`);
  return lines.join('\n');
}

function interrupted({ run }: Results, style: SummaryStyle): string[] {
  if (run.exit !== 'interrupted') return [];
  return [style.warn(cut(`interrupted: of ${plural(run.replications, 'finished replication')} only`, style.width))];
}

function flowLines(
  heading: string,
  flows: readonly FlowResult[],
  most: number,
  colour: (text: string) => string,
  style: SummaryStyle,
): string[] {
  if (flows.length === 0) return [];
  const shown = flows.slice(0, most);
  const nameWidth = Math.max(...shown.map((flow) => flow.payload.length));
  const room = style.width - nameWidth - 4;
  const lines = shown.flatMap((flow) => {
    if (room < SHORTEST_REASON)
      return [`  ${colour(cut(flow.payload, style.width - 2))}`, `    ${cut(flow.verdictReason, style.width - 4)}`];
    return [`  ${colour(flow.payload.padEnd(nameWidth))}  ${cut(flow.verdictReason, room)}`];
  });
  if (flows.length > shown.length) lines.push(style.faint(`  and ${flows.length - shown.length} more`));
  return ['', style.strong(heading), ...lines];
}

function linkLines(links: readonly LinkResult[], style: SummaryStyle): string[] {
  const shares = links.map((link) => formatShare(link.busyHourUtilisation));
  const shareWidth = Math.max(...shares.map((share) => share.length));
  const rates = links.map((link) => formatBps(link.rateBps));
  const rateWidth = Math.max(...rates.map((rate) => rate.length));
  return links.map((link, i) => {
    const colour =
      link.busyHourUtilisation >= 1 ? style.bad : link.busyHourUtilisation >= highUtilisation ? style.warn : String;
    const hour = link.busyHour === '' ? '' : ` at ${link.busyHour}`; // empty: nothing was sent
    const load = `${shares[i]!.padStart(shareWidth)} of ${rates[i]!.padStart(rateWidth)}${hour}`;
    return colour(cut(`  ${load}  ${linkLabel(link)}`, style.width));
  });
}

/** Per link its load, and how the systems share it. */
function systemLines(shared: readonly SystemsOnLink[], style: SummaryStyle): string[] {
  const links = shared.slice(0, MOST_LINKS);
  const loads = links.map(({ systems }) => formatBps(systems.reduce((sum, row) => sum + row.busyHourBps, 0)));
  const width = Math.max(...loads.map((load) => load.length));
  return links.flatMap(({ link, area, systems }, i) => {
    const place = `${link}${area === 'centre' ? '' : `, ${area}`}`;
    const load = `${loads[i]!.padStart(width)} at ${systems[0]!.busyHour}`;
    const shares = systems.map((row) => `${row.system} ${formatShare(row.share)}`).join(', ');
    return [cut(`  ${load}  ${place}`, style.width), cut(`  ${' '.repeat(load.length)}  ${shares}`, style.width)];
  });
}

function cut(text: string, width: number): string {
  const most = Math.max(width, 2);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
