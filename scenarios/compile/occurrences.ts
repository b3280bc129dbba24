import type { CatalogueFlow } from '../../payloads/types.js';
import { EVENT_GROUPS, OUTAGE } from '../event-groups.js';
import type { Asking, ScenarioEvent } from '../types.js';
import type { CompileContext } from './context.js';
import type { Leg } from './legs.js';
import { apportion } from './spread.js';

/** One time at which an event of the catalogue happens by the scenario. */
export interface Occurrence {
  /** The scenario's name for it. */
  readonly name: string;
  /** Seconds of the measured run. */
  readonly atS: number;
  /** A later step of the event: so long after it. */
  readonly afterS: number;
  readonly spreadS: number;
  /** Of those whom the event can concern. */
  readonly share: number;
  /** It fills area after area, as an outage or a fault does; else its share is the same in every area. */
  readonly isLocal: boolean;
  /** Devices one after the other. */
  readonly campaign?: Asking;
}

/** When the event of a flow happens by the scenario; undefined when it says nothing, and the event keeps its rate. */
export function occurrencesOf(flow: CatalogueFlow, context: CompileContext): readonly Occurrence[] | undefined {
  const { event } = flow.howOften;
  if (event === undefined) return undefined;
  const each = context.event(event).scope === 'device';
  const scheduled = context.scenario.events.flatMap((entry) => occurrences(entry, event, each, stepS(flow, context)));
  return scheduled.length > 0 ? scheduled : undefined;
}

/**
 * When a flow with a deadline after an event is sent, seconds after the event: when the deadline before its own has run
 * out, the latest that the source allows. Deadlines of one control variant follow each other.
 */
function stepS({ when, choice }: CatalogueFlow, { catalogue }: CompileContext): number {
  if (when.kind !== 'deadline') return 0;
  let latest = 0;
  for (const row of catalogue.rows) {
    for (const { when: other, choice: chosen } of row.flows) {
      const same = other.kind === 'deadline' && other.event === when.event && chosen?.is === choice?.is;
      if (same && other.withinS < when.withinS) latest = Math.max(latest, other.withinS);
    }
  }
  return latest;
}

/**
 * @param each every member of a population has the event for itself, so that a share of them is the share of a place
 * @param stepAfterS the flow's step of the event
 */
function occurrences(entry: ScenarioEvent, event: string, each: boolean, stepAfterS: number): Occurrence[] {
  if (entry.kind === 'links') return [];
  const { name, atS, spreadS, share } = entry;
  if (entry.kind === 'outage') {
    const begins = { name, atS, afterS: 0, spreadS, share, isLocal: true };
    const ends = { ...begins, atS: atS + entry.durationS };
    return [...(OUTAGE.begins.includes(event) ? [begins] : []), ...(OUTAGE.ends.includes(event) ? [ends] : [])];
  }
  const concerned = entry.event === event || EVENT_GROUPS[entry.event]?.begins.includes(event) === true;
  const { campaign, steps } = entry;
  const afterS = steps === 'in turn' ? stepAfterS : 0;
  return concerned
    ? [{ name, atS, afterS, spreadS, share, isLocal: each, ...(campaign === undefined ? {} : { campaign }) }]
    : [];
}

export function noteOccurrences(
  flow: CatalogueFlow,
  scheduled: readonly Occurrence[],
  { assumptions, scenario }: CompileContext,
): void {
  const key = `events (${flow.howOften.event})`;
  assumptions.add({
    kind: 'choice',
    key,
    value: `${scheduled.length} scheduled`,
    reason: 'an event that the scenario schedules happens then and only then; its rate does not apply',
    source: scenario.file,
  });
  const steps = scheduled.filter(({ afterS }) => afterS > 0);
  if (steps.length > 0) {
    assumptions.add({
      kind: 'choice',
      key: flow.id,
      value: `${steps[0]!.afterS}`,
      unit: 's after the event',
      reason: 'each step begins when the deadline of the step before has run out: the latest that the source allows',
      source: 'catalogue',
    });
  }
  if (!scheduled.some(({ isLocal, share }) => isLocal && share < 1)) return;
  assumptions.add({
    kind: 'choice',
    key,
    value: 'area after area',
    reason: 'what befalls devices one by one is local: the share fills whole areas, the hardest case for their links',
  });
}

/** Devices of a leg that send in an occurrence: each `whole` messages, `oneMore` of them one more. */
export interface TakingPart {
  readonly whole: number;
  readonly devices: number;
  readonly oneMore: number;
}

/**
 * Who takes part in an occurrence, leg by leg. Of all devices the share, rounded, and at least one, so that what is
 * scheduled is seen; a fraction of a message per event is the share of those devices that send one. The legs of one
 * backhaul hold the population together and split its number exactly.
 */
export function takingPart(legs: readonly Leg[], share: number, perEvent: number): TakingPart[] {
  const whole = Math.floor(perEvent);
  const devices = splitOverLegs(legs, share, true);
  const oneMore = splitOverLegs(legs, share * (perEvent - whole), whole === 0);
  return legs.map((_, i) => ({ whole, devices: devices[i]!, oneMore: oneMore[i]! }));
}

function splitOverLegs(legs: readonly Leg[], share: number, atLeastOne: boolean): number[] {
  const taking = legs.map(() => 0);
  for (const backhaul of new Set(legs.map((leg) => leg.backhaul))) {
    const own = legs.flatMap((leg, i) => (leg.backhaul === backhaul ? [i] : []));
    const counts = own.map((i) => legs[i]!.count);
    const exact = counts.reduce((sum, count) => sum + count, 0) * share;
    const total = exact > 0 && atLeastOne ? Math.max(1, Math.round(exact)) : Math.round(exact);
    apportion(total, counts).forEach((part, nth) => {
      taking[own[nth]!] = part;
    });
  }
  return taking;
}
