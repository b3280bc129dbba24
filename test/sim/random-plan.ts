/** Any small plan: every process, fan, discipline and kind of area, loads between idle and hopeless. For properties. */
import * as fc from 'fast-check';
import type { Plan } from '../../sim/plan.js';
import { buildPlan, type HopObject, type LinkLiteral, type SourceLiteral } from './plan-builder.js';

export const DAY_S = 1800; // a short day: windows, warm-up and bins within few events

const instances: Record<string, number> = { centre: 1, dap: 3, substation: 2 };
const kinds = Object.keys(instances);
const premises = 3;

const linkNames = [
  ...kinds.flatMap((kind) => ['up', 'down'].map((way) => ({ kind, name: `${kind} ${way}`, copies: 1 }))),
  { kind: 'dap', name: 'HAN up', copies: premises },
  { kind: 'dap', name: 'HAN down', copies: premises },
];

/** Links of a kind share a transmitter or not; rates and delays of 0 s, synchronised sizes: ties on purpose. */
const anyLink = fc.record({
  rateBps: fc.constantFrom(300, 16_000, 1e6, Number.POSITIVE_INFINITY),
  delayS: fc.constantFrom(0, 0, 0.5, 0.02),
  discipline: fc.constantFrom('fifo' as const, 'fifo' as const, 'priority' as const),
  bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 700, 0),
  quantumB: fc.constantFrom(Number.POSITIVE_INFINITY, 100, 37),
});

const anyLinks = fc
  .record({
    rows: fc.array(anyLink, { minLength: linkNames.length, maxLength: linkNames.length }),
    halfDuplex: fc.record({ centre: fc.boolean(), dap: fc.boolean(), substation: fc.boolean() }),
  })
  .map(({ rows, halfDuplex }) => {
    const links: Record<string, LinkLiteral> = {};
    for (const [l, { name, kind, copies }] of linkNames.entries()) {
      const shared = copies === 1 && halfDuplex[kind as keyof typeof halfDuplex];
      links[name] = { ...rows[l], kind, copies, ...(shared ? { server: kind } : {}) };
    }
    return links;
  });

/** What a message bound to a kind may take next: links of its own kind, of the centre, of those that serve it. */
function linksFor(bound: string): string[] {
  const reach = bound === 'dap' ? kinds : [bound, 'centre'];
  return linkNames.filter(({ kind }) => reach.includes(kind)).map(({ name }) => name);
}

function anyTree(bound: string, flow: string, depth: number): fc.Arbitrary<HopObject> {
  const own = fc.constantFrom(...linksFor(bound)).chain((link) => hopOn(link, bound, 'own', flow, depth));
  const everyInstance = fc
    .constantFrom(...linkNames.filter(({ kind }) => kind !== 'centre'))
    .chain(({ name, kind }) => hopOn(name, kind, 'everyInstance', flow, depth));
  const everyCopy = fc.constantFrom('HAN up', 'HAN down').chain((link) => hopOn(link, bound, 'everyCopy', flow, depth));
  const fans: fc.MaybeWeightedArbitrary<HopObject>[] = [{ arbitrary: own, weight: 6 }];
  if (bound === 'centre') fans.push({ arbitrary: everyInstance, weight: 2 });
  if (bound === 'dap') fans.push({ arbitrary: everyCopy, weight: 1 });
  return fc.oneof(...fans);
}

function hopOn(
  link: string,
  bound: string,
  fan: 'own' | 'everyInstance' | 'everyCopy',
  flow: string,
  depth: number,
): fc.Arbitrary<HopObject> {
  const next =
    depth === 0
      ? fc.constant([])
      : fc.array(
          fc.nat().chain(() => anyTree(bound, flow, depth - 1)),
          { maxLength: 2 },
        );
  return fc
    .record({
      next,
      delivers: fc.boolean(),
      listeners: fc.constantFrom(undefined, bound),
      overheadB: fc.constantFrom(0, 20),
    })
    .map(({ next, delivers, listeners, overheadB }) => ({
      link,
      fan,
      overheadB,
      next,
      ...(delivers || next.length === 0 ? { deliver: flow } : {}),
      ...(listeners === undefined ? {} : { listeners: `${listeners} devices` }),
    }));
}

const anySource = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    devices: fc.integer({ min: 1, max: 5 }),
    sizeB: fc.constantFrom(0, 100, 100, 333, 2000),
    priority: fc.integer({ min: 0, max: 2 }),
    process: fc.constantFrom('poisson' as const, 'periodic' as const, 'burst' as const),
    phase: fc.constantFrom('random' as const, 'synchronised' as const),
    periodS: fc.constantFrom(60, 300, 777, 2500),
    spreadS: fc.constantFrom(0, 0, 40),
    window: fc.constantFrom('24x7', 'morning'),
    bursts: fc.constantFrom<number[]>([0], [100, 100], [1500, 1790]),
    path: anyTree(kind, 'own', 2),
    answer: fc.option(
      fc.record({ path: anyTree(kind, 'answer', 1), delayS: fc.constantFrom(0, 0, 3), spreadS: fc.constantFrom(0, 5) }),
    ),
  }),
);

/** @param warmUpDays days before the measured run of two days, the second one cut short; -1: until the day repeats */
export function anyPlan(warmUpDays: fc.Arbitrary<number> = fc.constantFrom(-1, 0, 1)): fc.Arbitrary<Plan> {
  return fc
    .record({
      links: anyLinks,
      rows: fc.array(anySource, { minLength: 1, maxLength: 4 }),
      warmUpDays,
      seed: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ links, rows, warmUpDays, seed }) =>
      buildPlan({
        seed: String(seed),
        warmUpDays,
        horizonS: 1.5 * DAY_S,
        binS: 600,
        dayLengthS: [DAY_S],
        kinds: { dap: instances['dap']!, substation: instances['substation']! },
        parents: { dap: { substation: [0, 1, 0] } },
        windows: {
          morning: [
            [
              [100, 700],
              [900, 1300],
            ],
          ],
        },
        populations: {
          'dap devices': { kind: 'dap', devices: [5, 0, 2] },
          'substation devices': { kind: 'substation', devices: 2 },
          'centre devices': { devices: 1 },
        },
        links,
        sources: rows.flatMap(({ answer, bursts, process, path, ...row }, i): SourceLiteral[] => {
          const own = { ...row, name: `s${i}`, path: renamed(path, `s${i}`), process };
          const first: SourceLiteral = process === 'burst' ? { ...own, bursts, burstDevices: 2 } : own;
          if (answer === null) return [first];
          const second = { name: `a${i}`, kind: row.kind, devices: row.devices, process: 'caused', sizeB: 50 } as const;
          return [first, { ...second, priority: row.priority, path: renamed(answer.path, `a${i}`) }];
        }),
        causes: rows.flatMap(({ answer }, i) =>
          answer === null ? [] : [{ ...answer, trigger: `s${i}`, source: `a${i}`, probability: 0.8 }],
        ),
      }),
    );
}

/** Deliveries of a tree named after its source: `deliver` says only whether a hop delivers. */
function renamed({ deliver, next, ...hop }: HopObject, flow: string): HopObject {
  return {
    ...hop,
    ...(deliver === undefined ? {} : { deliver: flow }),
    next: (next ?? []).map((child) => renamed(child as HopObject, flow)),
  };
}
