/** Sentences of a comparison. */
import { formatBytes, formatSeconds, formatUnit, plural } from '../../reports/format.js';
import type { Finding } from '../../reports/index.js';
import { MEASURES, type Measure } from '../measures/measures.js';
import type { Ranked, Ranking } from './ranking.js';
import type { Comparison, Move } from './simulation.js';

/** `worst latency margin 12 %`. */
export function valueText(measure: Measure, value: number): string {
  const unit = measure.unit === 'USD' ? ' USD' : '';
  return `${measure.title} ${formatUnit(value, measure.unit)}${unit}`;
}

/** The best candidate in a sentence. */
export function answerText({ ranked, by }: Ranking): string {
  const [best] = ranked;
  if (best === undefined) return 'There is nothing to compare.';
  const tied = ranked.filter(({ rank }) => rank === 1).length;
  const equal = tied === 1 ? '' : ` (with ${plural(tied - 1, 'equal one')})`;
  const values = by.slice(0, 4).map((measure) => valueText(measure, best.values.get(measure.id)!));
  const first = `${best.candidate.name}${equal} ranks first of ${plural(ranked.length, 'candidate')}: ${values.join(', ')}.`;
  const { least, most } = scopesOf(ranked);
  if (least === most) return first;
  return `${first} Not all carry the same: it carries ${flowsText(best)}, the others between ${least} and ${most}.`;
}

/** The fewest and the most flows of the catalogue that a candidate carries. */
export function scopesOf(ranked: readonly Ranked[]): { readonly least: number; readonly most: number } {
  const flows = ranked.map(({ row }) => row.flowsInScope);
  return { least: Math.min(...flows), most: Math.max(...flows) };
}

function flowsText({ row }: Ranked): string {
  return `${plural(row.flowsInScope, 'flow')} of the catalogue`;
}

export function candidateFinding(one: Ranked, by: readonly Measure[]): Finding {
  const { candidate, rank, front, values, row } = one;
  const worst = row.latency.worstP95;
  const text = by.slice(0, 4).map((measure) => valueText(measure, values.get(measure.id)!));
  return {
    text: `${rank}. ${candidate.name}${front ? ' (Pareto front)' : ''}, ${flowsText(one)}: ${text.join(', ')}`,
    ...(worst === null
      ? {}
      : {
          detail: `tightest: ${worst.payload}, p95 ${formatSeconds(worst.latencyS)} of ${formatSeconds(worst.budgetS)}, most of it on ${worst.slowest.link}`,
        }),
  };
}

/** Every difference of a measure and whether it is significant. */
export function differenceFindings({ measures }: Comparison): Finding[] {
  const byId = new Map(MEASURES.map((one) => [one.id as string, one]));
  return measures.map((row) => {
    const measure = byId.get(row.measure)!;
    // A difference of shares is one of percentage points.
    const number = (value: number) =>
      formatUnit(value, measure.unit).replace(/ %$/, measure.unit === '1' ? ' points' : ' %');
    const { difference, halfWidth, replications, significant } = row;
    const interval = Number.isNaN(halfWidth)
      ? ''
      : ` (${number(difference - halfWidth)} to ${number(difference + halfWidth)}, ${plural(replications, 'pair')})`;
    const verdict = Number.isNaN(difference)
      ? 'not known of both'
      : significant
        ? 'significant'
        : Number.isNaN(halfWidth)
          ? 'not judged: one pair'
          : 'not significant';
    const sign = difference > 0 ? '+' : '';
    return {
      text: `${row.other} against ${row.base}, ${measure.title}: ${sign}${number(difference)}${interval}: ${verdict}`,
    };
  });
}

const MOST_MOVES = 4;

/** Which payload moves to which link, the largest first. */
export function moveTexts(moves: readonly Move[], others: readonly string[]): string[] {
  return others.map((other) => {
    const own = moves.filter((move) => move.other === other);
    if (own.length === 0) return `${other}: every payload goes over the same links with the same bytes as in the base.`;
    const byPayload = new Map<string, typeof own>();
    for (const move of own) byPayload.set(move.payload, [...(byPayload.get(move.payload) ?? []), move]);
    const texts = [...byPayload].slice(0, MOST_MOVES).map(([payload, rows]) => `${payload} ${moveOf(rows)}`);
    const more = byPayload.size - texts.length;
    return `${other} against ${own[0]!.base}: ${texts.join('; ')}${more > 0 ? `; and ${plural(more, 'more payload')}` : ''}.`;
  });
}

function moveOf(rows: readonly Move[]): string {
  const left = rows.filter(({ toBytesPerDay }) => toBytesPerDay === 0);
  const come = rows.filter(({ fromBytesPerDay }) => fromBytesPerDay === 0);
  const day = (bytes: number) => `${formatBytes(bytes)} a day`;
  if (left.length > 0 && come.length > 0) {
    return `moves from ${linksOf(left)} to ${linksOf(come)} (${day(Math.max(...come.map(({ toBytesPerDay }) => toBytesPerDay)))})`;
  }
  if (left.length > 0)
    return `leaves ${linksOf(left)} (${day(Math.max(...left.map(({ fromBytesPerDay }) => fromBytesPerDay)))})`;
  if (come.length > 0)
    return `comes to ${linksOf(come)} (${day(Math.max(...come.map(({ toBytesPerDay }) => toBytesPerDay)))})`;
  const [first] = rows;
  return `makes ${day(first!.toBytesPerDay)} instead of ${day(first!.fromBytesPerDay)} on ${first!.link}`;
}

function linksOf(rows: readonly Move[]): string {
  const links = [...new Set(rows.map(({ link }) => link))];
  return links.length <= 3 ? links.join(' + ') : `${links.slice(0, 3).join(' + ')} and ${links.length - 3} more`;
}
