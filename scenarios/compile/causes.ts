import type { CauseTable } from '../../sim/plan.js';
import type { CompileContext } from './context.js';
import type { AnswerRows, Flows } from './flows.js';
import type { Leg } from './legs.js';
import { overrideOf } from './scope.js';

/** Answers to a broadcast leave within this time, so that they do not all start in one instant. */
const BROADCAST_ANSWER_SPREAD_S = 300;

interface Outcome {
  readonly sources: readonly number[];
  readonly probability: number;
  readonly spreadS: number;
  readonly error: boolean;
  /** The scenario gives its rate. */
  readonly byHand: boolean;
}

interface CauseRow {
  readonly trigger: number;
  readonly group: number;
  readonly source: number;
  readonly probability: number;
  readonly spreadS: number;
}

/**
 * Deliveries that cause answers. Several answers of one command (an acknowledgement now and then, data each time, an
 * error instead) become exclusive outcomes of one draw: the unit interval is cut where any of them begins or ends, so
 * that each keeps its own probability; an error replaces the other answers.
 */
export function causeTable(flows: Flows, context: CompileContext): CauseTable {
  const byTrigger = new Map<number, Outcome[]>();
  for (const answer of flows.answers) addOutcomes(answer, flows, context, byTrigger);
  const rows: CauseRow[] = [];
  let group = 0;
  for (const [trigger, outcomes] of [...byTrigger].sort(([a], [b]) => a - b)) {
    for (const piece of cutUnitInterval(outcomes)) {
      for (const { sources, spreadS } of piece.outcomes) {
        for (const source of sources) rows.push({ trigger, group, source, probability: piece.probability, spreadS });
      }
      group++;
    }
  }
  return {
    trigger: Uint32Array.from(rows, (row) => row.trigger),
    source: Uint32Array.from(rows, (row) => row.source),
    group: Uint32Array.from(rows, (row) => row.group),
    probability: Float64Array.from(rows, (row) => row.probability),
    delayS: new Float64Array(rows.length),
    spreadS: Float64Array.from(rows, (row) => row.spreadS),
  };
}

function addOutcomes(
  answer: AnswerRows,
  flows: Flows,
  context: CompileContext,
  byTrigger: Map<number, Outcome[]>,
): void {
  const { item } = answer;
  const command = flows.byCatalogueFlow.get(answer.answer.to)!;
  const probability = answerProbability(answer, command.perDay, context);
  const triggers = command.flows.filter((flow) => answersHere(flows, flow, answer));
  for (const trigger of triggers) {
    const row = flows.rows[trigger]!;
    const part = bestMatch(row.leg, answer.parts);
    const broadcast = row.item.flow.cast !== 'unicast';
    const spreadS = overrideOf(item, context)?.spreadS ?? (broadcast ? BROADCAST_ANSWER_SPREAD_S : 0);
    if (broadcast) {
      context.assumptions.add({
        kind: 'default',
        key: `payloads.${item.row.payload}.spread`,
        value: String(spreadS),
        unit: 's',
        reason: 'answers to a broadcast leave at random within this time',
      });
    }
    const outcomes = byTrigger.get(trigger) ?? [];
    outcomes.push({
      sources: part.sources,
      probability,
      spreadS,
      error: item.row.type === 'cmd-err' || item.row.type === 'comm-err',
      byHand: overrideOf(item, context)?.perDay !== undefined,
    });
    byTrigger.set(trigger, outcomes);
  }
}

/** An answer is sent by the end that the command reached; errors of nodes on the way count once, at the first end. */
function answersHere(flows: Flows, flow: number, answer: AnswerRows): boolean {
  const reached = flows.rows[flow]!.to.split(', ');
  const senders = answer.parts.flatMap((part) => part.leg.ways.flatMap((way) => way.from.split(', ')));
  if (reached.some((actor) => senders.includes(actor))) return true;
  const leg = flows.rows[flow]!.leg;
  const ends = leg.ways.flatMap((way) => way.to.split(', '));
  return !ends.some((actor) => senders.includes(actor)) && leg.ways[0]!.to === flows.rows[flow]!.to;
}

/** The part of the answer that goes the command's way back: same devices, same option, same backhaul. */
function bestMatch(leg: Leg, parts: AnswerRows['parts']): AnswerRows['parts'][number] {
  const score = (other: Leg) =>
    (other.backhaul === leg.backhaul ? 4 : 0) +
    (other.devices === leg.devices ? 2 : 0) +
    (other.option === leg.option ? 1 : 0);
  return parts.reduce((best, part) => (score(part.leg) > score(best.leg) ? part : best));
}

function answerProbability(answer: AnswerRows, commandPerDay: number, context: CompileContext): number {
  const { share } = answer.answer;
  const byHand = overrideOf(answer.item, context)?.perDay !== undefined;
  if (typeof share === 'number' && !byHand) return Math.min(1, share);
  if (share === 'each' && !byHand) return 1;
  return commandPerDay > 0 ? Math.min(1, answer.perDay / commandPerDay) : 0;
}

/**
 * Pieces of the unit interval and what happens in each. Errors are stacked from 1 downwards; other answers reach from 0
 * upwards, up to the errors unless their rate is given by hand, which then holds to the letter.
 */
function cutUnitInterval(outcomes: readonly Outcome[]): { probability: number; outcomes: Outcome[] }[] {
  let ceiling = 1;
  const spans = outcomes
    .filter((outcome) => outcome.error)
    .map((outcome) => {
      const to = ceiling;
      ceiling = Math.max(0, ceiling - outcome.probability);
      return { outcome, from: ceiling, to };
    });
  for (const outcome of outcomes.filter((candidate) => !candidate.error)) {
    spans.push({ outcome, from: 0, to: outcome.byHand ? outcome.probability : Math.min(outcome.probability, ceiling) });
  }
  const cuts = [...new Set(spans.flatMap((span) => [span.from, span.to]))].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((to, i) => {
    const inside = spans.filter((span) => span.from <= cuts[i]! && span.to >= to);
    return inside.length === 0 ? [] : [{ probability: to - cuts[i]!, outcomes: inside.map((span) => span.outcome) }];
  });
}
