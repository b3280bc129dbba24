/** What may be out: every class of links, every kind of gateway, every backhaul that has another instead. */
import { onFallback } from '../../scenarios/availability.js';
import type { ScenarioContext, ScenarioText } from '../../scenarios/load.js';
import type { Backhaul, Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import type { Candidate } from '../compare/candidates.js';
import { loadVariant, type VariantSetting } from '../variants/variants.js';

export interface Case extends Candidate {
  readonly kind: 'nothing' | 'links' | 'gateway' | 'backhaul';
  /** Places that this case stands for: gateways of the same size are alike. */
  readonly places: number;
}

/** The scenario as it is, then with one thing out for the whole run at a time. */
export function casesOf(source: ScenarioText, scenario: Scenario, plan: Plan, context: ScenarioContext): Case[] {
  const load = (settings: readonly VariantSetting[]) => (): Scenario =>
    loadVariant({ name: scenario.name, source, settings }, context);
  const variant = (settings: readonly VariantSetting[]) => ({ name: scenario.name, source, settings });
  const out = (name: string, kind: Case['kind'], places: number, outages: readonly Outage[]): Case => {
    const settings = outageSettings(scenario, outages);
    return { name, kind, places, variant: variant(settings), load: load(settings) };
  };
  const networks = [...new Set(plan.links.network)];
  return [
    { name: 'nothing is out', kind: 'nothing', places: 1, variant: variant([]), load: load([]) },
    ...networks.map((network) => out(`all links of ${network} are out`, 'links', 1, [{ of: network }])),
    ...gateways(plan).map(({ name, kind, networks: own, area, places }) =>
      out(
        name,
        'gateway',
        places,
        own.map((of) => ({ of, areasOf: kind, areas: [area] })),
      ),
    ),
    ...(Object.entries(scenario.fallback) as [Backhaul, Backhaul][]).map(
      ([down, instead]): Case => ({
        name: `backhaul ${down} is out, DAPs are on ${instead}`,
        kind: 'backhaul',
        places: 1,
        variant: variant([]),
        load: () => onFallback(load([])(), [down]),
      }),
    ),
  ];
}

interface Outage {
  readonly of: string;
  /** Of a gateway, its own links only: DAPs and substations share the name of the WAN. */
  readonly areasOf?: string;
  readonly areas?: readonly number[];
}

/** Outages after the scenario's own events, from the start to beyond the end. */
function outageSettings({ events, time }: Scenario, outages: readonly Outage[]): VariantSetting[] {
  const duration = `${time.durationS} s`;
  const entries = outages.map(({ of, areasOf, areas }) => ({
    outage: { of, at: '0 s', duration, ...(areasOf === undefined ? {} : { areasOf, areas }) },
  }));
  const setting = (path: VariantSetting['path'], value: unknown): VariantSetting => ({
    key: 'events',
    text: outages.map(({ of }) => `${of} out`).join(', '),
    value,
    path,
    origin: 'n-1',
  });
  if (events.length === 0) return [setting(['events'], entries)];
  return entries.map((entry, i) => setting(['events', events.length + i], entry));
}

interface Gateway {
  readonly name: string;
  /** Of its area: `dap` or `substation`. */
  readonly kind: string;
  readonly networks: readonly string[];
  readonly area: number;
  readonly places: number;
}

/** A gateway of each size: its links to the field and to the utility; what stands at premises goes on without it. */
function gateways(plan: Plan): Gateway[] {
  return plan.areas.kind.flatMap((kind, k) => {
    if (k === 0) return [];
    const own = plan.links.name.flatMap((_, link) =>
      plan.links.kind[link] === k && plan.servers.copies[plan.links.server[link]!] === 1
        ? [plan.links.network[link]!]
        : [],
    );
    const networks = [...new Set(own)];
    const bySize = new Map<number, number[]>();
    plan.areas.endpoints[k]!.forEach((endpoints, i) => {
      bySize.set(endpoints, [...(bySize.get(endpoints) ?? []), i + 1]);
    });
    if (networks.length === 0) return [];
    return [...bySize]
      .sort((a, b) => b[0] - a[0])
      .slice(0, MOST_SIZES)
      .map(([endpoints, areas]) => ({
        name: `${kind} ${areas[0]} is out (${endpoints} endpoints)`,
        kind,
        networks,
        area: areas[0]!,
        places: areas.length,
      }));
  });
}

/** Of areas that are all of different sizes, the largest ones: they take most with them. */
const MOST_SIZES = 5;
