import type { CatalogueFlow } from '../../payloads/types.js';
import type { ScenarioEvent } from '../types.js';
import type { CompileContext } from './context.js';
import type { Traffic } from './traffic.js';

/** Devices of an instance that send one message each around one instant. */
export interface Burst {
  /** Seconds of the measured run. */
  readonly atS: number;
  readonly devices: number;
}

/**
 * Bursts of a flow whose event the scenario schedules; undefined when it schedules none, and the event keeps its rate.
 * A device that sends several messages per event takes part in as many bursts; a fraction of a message per event is the
 * share of devices that send one.
 */
export function bursts(
  flow: CatalogueFlow,
  traffic: Traffic,
  devices: number,
  context: CompileContext,
): { readonly bursts: readonly Burst[]; readonly spreadS: number } | undefined {
  const { event } = flow.howOften;
  if (event === undefined || traffic.perEvent === undefined) return undefined;
  const scheduled = context.scenario.events.flatMap((entry) => occurrences(entry, event));
  if (scheduled.length === 0) return undefined;
  context.assumptions.add({
    kind: 'choice',
    key: `events (${event})`,
    value: `${scheduled.length} scheduled`,
    reason: 'an event that the scenario schedules happens then and only then; its rate does not apply',
    source: context.scenario.file,
  });
  const whole = Math.floor(traffic.perEvent);
  const fraction = traffic.perEvent - whole;
  const found: Burst[] = [];
  for (const { atS, share } of scheduled) {
    const affected = Math.round(devices * share);
    for (let i = 0; i < whole; i++) found.push({ atS, devices: affected });
    const rest = Math.round(affected * fraction);
    if (rest > 0) found.push({ atS, devices: rest });
  }
  return {
    bursts: found.filter((burst) => burst.devices > 0).sort((a, b) => a.atS - b.atS),
    spreadS: Math.max(...scheduled.map((entry) => entry.spreadS)),
  };
}

/** An outage is three events: power is lost, gateways run on batteries, power returns. */
function occurrences(entry: ScenarioEvent, event: string): { atS: number; share: number; spreadS: number }[] {
  if (entry.kind === 'occurrence') return entry.event === event ? [entry] : [];
  if (event === 'lost-power' || event === 'system-power-outage') return [entry];
  return event === 'power-returned' ? [{ ...entry, atS: entry.atS + entry.durationS }] : [];
}
