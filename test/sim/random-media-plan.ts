/** Any small plan with media: every access, frames, losses, repetitions, replies, cut-through, casts, outages. */
import * as fc from 'fast-check';
import type { Access, Medium } from '../../sim/media.js';
import type { Plan } from '../../sim/plan.js';
import {
  buildPlan,
  type FramingLiteral,
  type HopObject,
  type LinkLiteral,
  type SourceLiteral,
} from './plan-builder.js';

const DAPS = 3;
const METERS = 6;

const csma: Access & { kind: 'csma-802.15.4' } = {
  kind: 'csma-802.15.4',
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  unitBackoffS: 0.001,
  ccaS: 0.0005,
  turnaroundS: 0.001,
};

/** One of each access, own servers last. */
export const accesses: readonly Access[] = [
  { kind: 'aloha', slotS: 0, copies: 1, spreadS: 0 },
  { kind: 'aloha', slotS: 0.05, copies: 2, spreadS: 2 },
  csma,
  { kind: 'dcf-802.11', slotS: 2e-5, sifsS: 1e-5, difsS: 5e-5, leastWindow: 15, mostWindow: 1023 },
  { kind: 'polled', pollS: 0.01, turnaroundS: 0.005, emptyS: 0.01, timeoutS: 0.1, retries: 1 },
  { kind: 'mesh', hop: csma, ringShares: [0.5, 0.3, 0.2], sectors: 2, relayS: 0.01 },
  { kind: 'scheduled', grantDelayS: 0.02, grantPeriodS: 0.01, promotionS: 0.3, inactivityS: 20, pagingS: 0.2 },
  { kind: 'dedicated' },
  { kind: 'half-duplex', turnaroundS: 0.03 },
];

const anyMedium = (access: Access): fc.Arbitrary<Medium> =>
  fc
    .record({
      frameLoss: fc.constantFrom(0, 0, 0.05, 0.4),
      residualLoss: fc.constantFrom(0, 0, 0.1),
      arq: fc.constantFrom({ retries: 0, timeoutS: 0.01 }, { retries: 3, timeoutS: 0.02 }, undefined),
      hiddenShare: fc.constantFrom(0, 0.3),
    })
    .map(({ arq, ...rest }) => ({ name: access.kind, access, ...rest, ...(arq === undefined ? {} : { arq }) }));

const anyServer = fc.record({
  delayS: fc.constantFrom(0, 0.02, 0.5),
  discipline: fc.constantFrom('fifo' as const, 'fifo' as const, 'priority' as const, 'fair' as const),
  weights: fc.constant([3, 1]),
  bufferMessages: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 3, 0),
  bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 700),
  quantumB: fc.constantFrom(Number.POSITIVE_INFINITY, 150),
});

const framing = (frames: number, frameS: number): FramingLiteral => ({
  frames,
  fullB: 100,
  lastB: 60,
  fullS: frameS,
  lastS: 0.6 * frameS,
  gapS: 0.001,
  ackS: 0.002,
});

/** A link up and one down of a kind, with one server or two, as their access asks for. */
const anyPair = (name: string, kind: string, choice: readonly Access[]) =>
  fc.constantFrom(...choice).chain((access) =>
    fc.record({ medium: anyMedium(access), up: anyServer, down: anyServer }).map(({ medium, up, down }) => {
      const shared = access.kind !== 'dedicated' ? { server: name } : {};
      const links: Record<string, LinkLiteral> = {
        [`${name} up`]: { ...up, kind, medium, ...shared },
        [`${name} down`]: { ...down, kind, medium, ...shared },
      };
      return { links };
    }),
  );

/** Reads up, commands down with answers, a broadcast; through areas and the centre. */
export function anyMediaPlan(): fc.Arbitrary<Plan> {
  return fc
    .record({
      nan: anyPair('NAN', 'dap', accesses),
      wan: anyPair('WAN', 'centre', accesses.slice(-3)),
      frames: fc.constantFrom(1, 1, 3),
      frameS: fc.constantFrom(0.01, 0.05),
      cutThrough: fc.boolean(),
      replies: fc.boolean(),
      periodS: fc.constantFrom(3, 20, 90),
      phase: fc.constantFrom('random' as const, 'synchronised' as const),
      outage: fc.constantFrom<'NAN' | 'WAN' | 'meters' | undefined>('NAN', 'WAN', 'meters', undefined),
      warmUpDays: fc.constantFrom(0, 1),
      seed: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ nan, wan, frames, frameS, cutThrough, replies, periodS, phase, outage, warmUpDays, seed }) => {
      const hop = (link: string, back: string, more: Partial<HopObject> = {}): HopObject => ({
        link,
        framing: framing(frames, frameS),
        cutThrough,
        ...(replies ? { reply: { link: back, framing: framing(1, frameS / 4) } } : {}),
        ...more,
      });
      const up = () => [hop('NAN up', 'NAN down'), hop('WAN up', 'WAN down')];
      const down = () => [hop('WAN down', 'WAN up'), hop('NAN down', 'NAN up')];
      const cast = { fan: 'everyInstance', listeners: 'meters', deliver: 'price' } as const;
      const price: HopObject = {
        link: 'WAN down',
        framing: framing(frames, frameS),
        next: [{ link: 'NAN down', framing: framing(frames, frameS), ...cast }],
      };
      const dap = { kind: 'dap', devices: METERS } as const;
      const sources: SourceLiteral[] = [
        { ...dap, name: 'reads', process: 'periodic', phase, periodS, priority: 1, path: up() },
        { ...dap, name: 'commands', periodS: 4 * periodS, path: down() },
        { ...dap, name: 'answers', process: 'caused', path: up() },
        { name: 'price', periodS: 5 * periodS, path: price },
      ];
      const server = (name: string) =>
        'server' in (name === 'NAN' ? nan : wan).links[`${name} up`]! ? name : `${name} up`;
      const times = [
        { fromS: 50, toS: 80 },
        { fromS: 200, toS: 200.5 },
      ];
      return buildPlan({
        seed: String(seed),
        horizonS: 600,
        binS: 100,
        dayLengthS: [300],
        warmUpDays,
        kinds: { dap: DAPS },
        endpoints: { dap: METERS },
        populations: { meters: { kind: 'dap', devices: [METERS, 0, 2] } },
        links: { ...nan.links, ...wan.links },
        sources,
        causes: [{ trigger: 'commands', source: 'answers', probability: 0.9, spreadS: 0.5 }],
        outages:
          outage === undefined
            ? []
            : times.map((time) =>
                outage === 'meters'
                  ? { ...time, kind: 'dap', nodes: [0, 3] }
                  : { ...time, kind: outage === 'NAN' ? 'dap' : 'centre', server: server(outage) },
              ),
      });
    });
}
