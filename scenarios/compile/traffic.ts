import type { CatalogueFlow, ClockInterval } from '../../payloads/types.js';
import { overheadOf } from '../../topologies/overhead/overhead.js';
import type { Asking, LinkSettings, PayloadOverride, RangeChoice, Retry } from '../types.js';
import { NoAssumptions } from './assumptions.js';
import type { CompileContext, RowFlow } from './context.js';
import { quantityOf, sizeOf } from './missing.js';
import { resolveRange } from './ranges.js';
import { overrideOf } from './scope.js';

const DAY_S = 86_400;
const DAYS_PER_YEAR = 365;
/** Data points of an interval read: 24 h / how often x 400 B (section 4.10.4.4, payload size note). */
const RESIDENTIAL_INTERVAL_B_PER_DAY = 24 * 400;
/** Commercial interval reads: 24 a day of 200 B, or 12 a day of 1600 B (footnote of section 4.21). */
const COMMERCIAL_INTERVALS = [
  { perDay: 12, sizeB: 1600 },
  { perDay: 24, sizeB: 200 },
] as const;

/** How one device of a flow sends. */
export interface Traffic {
  /** Messages of one device per day of 24 hours (per event day, for events: times x events per day). */
  readonly perDay: number;
  /** Active seconds between two messages of one device. */
  readonly periodS: number;
  readonly window: number;
  readonly process: 'poisson' | 'periodic';
  readonly phase: 'random' | 'synchronised';
  readonly spreadS: number;
  readonly sizeB: number;
  /** A master asks the devices one after the other; `periodS` is that of its rounds. */
  readonly polling: Asking | undefined;
  /** The application sends again what was not done in time. */
  readonly retry: Retry | undefined;
  /** Messages of one device (or of the system, for broadcasts) per event; set when the base is an event. */
  readonly perEvent: number | undefined;
}

/**
 * What of a how-often enters the run and so is an assumption of it: the rate; the number per event, where the scenario
 * says when the event happens; or nothing, where an answer is sent whenever its command comes.
 */
export type HowOftenUse = 'rate' | 'perEvent' | 'nothing';

/**
 * Resolves ranges, missing values, events and overrides of a flow into rates and sizes.
 */
export function trafficOf(item: RowFlow, used: HowOftenUse, context: CompileContext): Traffic {
  const { row, flow } = item;
  const { scenario, windows, assumptions } = context;
  const override = overrideOf(item, context);
  const range = override.range ?? scenario.range;
  const window = windowOf(flow, override, context);
  const nominalS = windows.nominalS(window);
  const byHand = override.perDay !== undefined || override.sizeB !== undefined;
  const coupled = byHand ? undefined : coupledOf(flow, range, lastMileB(scenario.links['NAN']));
  const { period, event } = flow.howOften;

  let perDay = override.perDay;
  let perEvent: number | undefined;
  if (perDay === undefined) {
    const unheard = context.isWordless ? context : { ...context, assumptions: new NoAssumptions() };
    let times = coupled?.perDay ?? quantityOf(flow.howOften.times, range, used === 'nothing' ? unheard : context);
    if (flow.howOften.perThousand) times /= 1000;
    if (flow.howOften.multiplier !== undefined) times *= resolveRange(flow.howOften.multiplier, range);
    if (period === undefined) {
      perEvent = times;
      perDay = times * eventsPerDay(event!, range, used === 'rate' ? context : unheard);
    } else {
      // A period shorter than a day is the interval while the window is open; longer ones are squeezed into it.
      perDay = times * ((period.periodS < DAY_S ? nominalS : DAY_S) / period.periodS);
    }
  }
  const { polling } = override;
  const process = override.arrivals ?? defaultProcess(row.type, flow, override);
  if (override.phase === undefined && process === 'periodic' && used === 'rate' && polling === undefined) {
    assumptions.add({
      kind: 'default',
      key: 'payloads.*.phase',
      value: 'random',
      reason:
        'periodic devices keep their period; their phases are independent and uniform unless a payload says synchronised',
    });
  }
  if (override.arrivals === undefined && process === 'poisson' && used === 'rate' && polling === undefined) {
    assumptions.add({
      kind: 'default',
      key: 'payloads.*.arrivals',
      value: 'poisson',
      reason: 'what no schedule sends comes at random, each device for itself; reads, polls and bulk keep a period',
    });
  }
  return {
    perDay,
    periodS: perDay > 0 ? nominalS / perDay : Number.POSITIVE_INFINITY,
    window,
    process,
    phase: override.phase ?? 'random',
    spreadS: override.spreadS ?? 0,
    sizeB: override.sizeB ?? coupled?.sizeB ?? sizeOf(flow.size, range, context),
    polling,
    retry: override.retry ?? scenario.retries[row.type],
    perEvent,
  };
}

/** Scheduled reads, polls and bulk transfers keep a period; what devices report by themselves comes at random. */
function defaultProcess(type: string, flow: CatalogueFlow, override: PayloadOverride): 'poisson' | 'periodic' {
  const planned = type === 'cmd' || type === 'resp-data' || type === 'negot-thrd';
  const regular = flow.howOften.period !== undefined && !flow.howOften.perThousand && override.perDay === undefined;
  return planned && regular ? 'periodic' : 'poisson';
}

/** Bytes on the last mile for a message of so many application bytes. */
function lastMileB(settings: LinkSettings | undefined): (sizeB: number) => number {
  const medium = settings?.medium;
  if (medium === undefined) return (sizeB) => sizeB + (settings?.overheadB ?? 0);
  return (sizeB) => overheadOf(medium.stack, sizeB, medium.technology).message.bytes;
}

/** Rate and size that depend on each other: of both ends of the range the more demanding one has more bytes on the last mile. */
function coupledOf(
  flow: CatalogueFlow,
  range: RangeChoice,
  lastMile: (sizeB: number) => number,
): { readonly perDay: number; readonly sizeB: number } | undefined {
  const { coupling } = flow.size;
  if (coupling === undefined || 'missing' in flow.howOften.times) return undefined;
  const { least, most } = flow.howOften.times;
  const ends =
    coupling === 'residential-interval'
      ? [least, most].map((perDay) => ({ perDay, sizeB: RESIDENTIAL_INTERVAL_B_PER_DAY / perDay }))
      : [...COMMERCIAL_INTERVALS];
  const load = (end: { perDay: number; sizeB: number }) => end.perDay * lastMile(end.sizeB);
  ends.sort((a, b) => load(a) - load(b));
  if (range === 'least') return ends[0];
  if (range === 'most') return ends[1];
  if (coupling === 'residential-interval') {
    const perDay = (least + most) / 2;
    return { perDay, sizeB: RESIDENTIAL_INTERVAL_B_PER_DAY / perDay };
  }
  return { perDay: (ends[0]!.perDay + ends[1]!.perDay) / 2, sizeB: (ends[0]!.sizeB + ends[1]!.sizeB) / 2 };
}

function windowOf(flow: CatalogueFlow, override: PayloadOverride, context: CompileContext): number {
  const { windows, scenario } = context;
  if (override.when !== undefined) return override.when.length === 0 ? 0 : windows.add('scenario', override.when);
  switch (flow.when.kind) {
    case 'daily':
      return windows.add(flow.when.text, flow.when.intervals);
    case 'period':
      return windows.add('DSDR period', [scenario.dsdr as ClockInterval]);
    default:
      return 0; // 24x7, and deadlines after events, which may fall at any time
  }
}

/** Occurrences per day of an event: the scenario's rate, else the catalogue's. */
function eventsPerDay(name: string, range: RangeChoice, context: CompileContext): number {
  const kind = context.event(name);
  const given = context.scenario.eventRates[name];
  const perYear = given ?? resolveRange(kind.perYear, range);
  if (given === undefined) {
    context.assumptions.add({
      kind: 'default',
      key: `eventRates.${name}`,
      value: String(perYear),
      unit: kind.scope === 'system' ? 'per year' : 'per device and year',
      reason: 'how often the event occurs',
      source: kind.source,
    });
  }
  return perYear / DAYS_PER_YEAR;
}
