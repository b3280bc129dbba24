import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import type { CauseTable } from '../../sim/plan.js';
import type { PayloadOverride } from '../types.js';
import { column } from './column.js';
import type { CompileContext } from './context.js';
import { type CompiledAnswer, type FlowRow, type Flows, isBroadcast } from './flows.js';
import { overrideOf } from './scope.js';
import { waysBack } from './triggers.js';

/** Answers to a broadcast leave within this time, so that they do not all start in one instant. */
const BROADCAST_ANSWER_SPREAD_S = 300;

/** One answer to a command. */
interface Outcome {
  /** Catalogue flow of the answer. */
  readonly id: string;
  readonly ways: readonly AnswerWay[];
  readonly probability: number;
  readonly delayS: number;
  readonly spreadS: number;
  readonly error: boolean;
  /** Excludes others of its kind. */
  readonly oneOf: boolean;
  /** The scenario gives its rate. */
  readonly byHand: boolean;
}

/** Sources that send an answer, one for each range of instances, and the share of the answers that they send. */
interface AnswerWay {
  readonly sources: readonly number[];
  readonly share: number;
}

/** A part of the unit interval, and who answers when a draw falls there. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly sources: readonly number[];
  readonly delayS: number;
  readonly spreadS: number;
}

interface CauseRow {
  readonly trigger: number;
  readonly group: number;
  readonly source: number;
  readonly probability: number;
  readonly delayS: number;
  readonly spreadS: number;
}

/**
 * Deliveries that cause answers. Several answers of one command (an acknowledgement now and then, data each time, an
 * error instead) become exclusive outcomes of one draw: the unit interval is cut where any of them begins or ends, so
 * that each keeps its own probability; an error replaces the other answers.
 * @throws InputError when answers of which there is one only are more than all
 */
export function causeTable(flows: Flows, context: CompileContext): CauseTable {
  const byTrigger = new Map<number, Outcome[]>();
  for (const answer of flows.answers) {
    const command = flows.compiled(answer.answer.to)!;
    const probability = probabilityOf(answer, command.perDay * listenersOf(command.flows, flows), context);
    for (const trigger of answer.triggers) {
      const outcomes = byTrigger.get(trigger) ?? [];
      outcomes.push(outcomeOf(answer, flows.rows[trigger]!, probability, context));
      byTrigger.set(trigger, outcomes);
    }
  }
  checkOneOf(byTrigger, flows, context);
  const rows: CauseRow[] = [];
  let group = 0;
  for (const [trigger, outcomes] of [...byTrigger].sort(([a], [b]) => a - b)) {
    for (const piece of cutUnitInterval(outcomes)) {
      const { probability } = piece;
      for (const { sources, delayS, spreadS } of piece.spans) {
        for (const source of sources) rows.push({ trigger, group, source, probability, delayS, spreadS });
      }
      group++;
    }
  }
  return {
    trigger: column(Uint32Array, rows, (row) => row.trigger),
    source: column(Uint32Array, rows, (row) => row.source),
    group: column(Uint32Array, rows, (row) => row.group),
    probability: column(Float64Array, rows, (row) => row.probability),
    delayS: column(Float64Array, rows, (row) => row.delayS),
    spreadS: column(Float64Array, rows, (row) => row.spreadS),
  };
}

/** Answers of which there is one only cannot be more than their command: the rest would be dropped without a word. */
function checkOneOf(byTrigger: ReadonlyMap<number, Outcome[]>, flows: Flows, { scenario }: CompileContext): void {
  const problems = new Map<string, Diagnostic>();
  for (const [trigger, outcomes] of byTrigger) {
    const some = outcomes.filter(({ oneOf, error }) => oneOf && !error);
    const sum = some.reduce((total, { probability }) => total + probability, 0);
    if (sum <= 1 + 1e-9) continue;
    const command = flows.rows[trigger]!.item.flow.id;
    const percent = (share: number) => `${Number((100 * share).toPrecision(4))}%`;
    problems.set(command, {
      code: 'CONFLICT',
      file: scenario.file,
      path: 'payloads',
      message: `answers to ${command} exclude each other, and are more than all`,
      found: `${percent(sum)}: ${some.map(({ id, probability }) => `${percent(probability)} ${id}`).join(', ')}`,
      allowed: 'up to 100% together',
    });
  }
  if (problems.size > 0) throw new InputError([...problems.values()]);
}

/** Who hears each message of a command: one, or the listeners of a broadcast. */
function listenersOf(commandFlows: readonly number[], flows: Flows): number {
  const rows = commandFlows.map((flow) => flows.rows[flow]!);
  return isBroadcast(rows[0]!.item) ? rows.reduce((sum, { leg }) => sum + leg.count, 0) : 1;
}

function outcomeOf(answer: CompiledAnswer, command: FlowRow, probability: number, context: CompileContext): Outcome {
  const { item } = answer;
  const override = overrideOf(item, context);
  const broadcast = isBroadcast(command.item);
  const spreadS = override.spreadS ?? (broadcast ? BROADCAST_ANSWER_SPREAD_S : 0);
  if (broadcast && override.spreadS === undefined) {
    context.assumptions.add({
      kind: 'default',
      key: `payloads.${item.row.payload}.spread`,
      value: String(spreadS),
      unit: 's',
      reason: 'answers to a broadcast leave at random within this time',
    });
  }
  const delayS = delayOf(answer, override, context);
  if (!broadcast && override.spreadS === undefined && delayS === 0) {
    context.assumptions.add({
      kind: 'default',
      key: 'payloads.*.spread',
      value: '0',
      unit: 's',
      reason: 'an answer leaves when its command is delivered; processing is part of the delays of links',
    });
  }
  return {
    id: item.flow.id,
    ways: waysBack(command.leg, answer.legs).map(({ legs, share }) => ({
      sources: legs.flatMap((leg) => answer.sourcesOf.get(leg)!),
      share,
    })),
    probability,
    delayS,
    spreadS,
    error: item.row.type === 'cmd-err' || item.row.type === 'comm-err',
    oneOf: answer.answer.oneOf === true,
    byHand: override.perDay !== undefined,
  };
}

/** What passes between a delivery and its answer: as the scenario says, else as the catalogue does. */
function delayOf({ answer, item }: CompiledAnswer, { afterS }: PayloadOverride, context: CompileContext): number {
  if (afterS !== undefined) return afterS;
  if (answer.afterS === undefined) return 0;
  context.assumptions.add({
    kind: 'default',
    key: `payloads.${item.flow.id}.after`,
    value: String(answer.afterS),
    unit: 's',
    reason: item.flow.assumed?.after ?? 'the document gives this time between the delivery and the answer',
    source: 'catalogue',
  });
  return answer.afterS;
}

/** Answers per delivered command; a printed share is what all answer in a day of all commands delivered in it. */
function probabilityOf(answer: CompiledAnswer, deliveredPerDay: number, context: CompileContext): number {
  const { share } = answer.answer;
  if (overrideOf(answer.item, context).perDay === undefined) {
    if (typeof share === 'number') return Math.min(1, share);
    if (share === 'each') return 1;
  }
  return deliveredPerDay > 0 ? Math.min(1, answer.perDay / deliveredPerDay) : 0;
}

/**
 * Pieces of the unit interval and what happens in each. Errors are stacked from 1 downwards; other answers reach from 0
 * upwards, up to the errors unless their rate is given by hand, which then holds to the letter; those of which there is
 * one only stand side by side instead.
 */
function cutUnitInterval(outcomes: readonly Outcome[]): { probability: number; spans: Span[] }[] {
  let ceiling = 1;
  const spans: Span[] = [];
  for (const outcome of outcomes.filter((candidate) => candidate.error)) {
    const to = ceiling;
    ceiling = Math.max(0, ceiling - outcome.probability);
    spans.push(...spansOf(outcome, ceiling, to));
  }
  let floor = 0;
  for (const outcome of outcomes.filter((candidate) => !candidate.error)) {
    const from = outcome.oneOf ? floor : 0;
    const to = Math.min(1, from + outcome.probability);
    if (outcome.oneOf) floor = to;
    spans.push(...spansOf(outcome, from, outcome.byHand ? to : Math.max(from, Math.min(to, ceiling))));
  }
  const cuts = [...new Set(spans.flatMap((span) => [span.from, span.to]))].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((to, i) => {
    const inside = spans.filter((span) => span.from <= cuts[i]! && span.to >= to);
    return inside.length === 0 ? [] : [{ probability: to - cuts[i]!, spans: inside }];
  });
}

/** An outcome's part of the unit interval, divided among its ways. */
function spansOf({ ways, delayS, spreadS }: Outcome, from: number, to: number): Span[] {
  let before = 0;
  return ways.map(({ sources, share }) => {
    const start = from + (to - from) * before;
    before += share;
    return { from: start, to: ways.length === 1 ? to : from + (to - from) * before, sources, delayS, spreadS };
  });
}
