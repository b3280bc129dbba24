/** Any small network with real media: technologies of every access, losses, buffers, holds, repetitions, failures. */
import * as fc from 'fast-check';
import type { Access, Medium } from '../sim/media.js';
import type { Plan } from '../sim/plan.js';
import {
  buildPlan,
  type FramingLiteral,
  type HoldLiteral,
  type HopObject,
  type LinkLiteral,
  type OutageLiteral,
  type SourceLiteral,
} from '../test/sim/plan-builder.js';

const ENDPOINTS = 8;
const HORIZON_S = 2400;

const csma = {
  kind: 'csma-802.15.4',
  leastExponent: 2,
  mostExponent: 4,
  backoffs: 3,
  unitBackoffS: 0.01,
  ccaS: 0.002,
  turnaroundS: 0.003,
} as const;
const dcf = { kind: 'dcf-802.11', slotS: 0.002, sifsS: 0.001, difsS: 0.005, leastWindow: 7, mostWindow: 63 } as const;
const polled = { kind: 'polled', pollS: 0.03, turnaroundS: 0.005, emptyS: 0.01, timeoutS: 0.1, retries: 1 } as const;

/** Media whose endpoints share what one server stands for. */
const sharedAccess: readonly Access[] = [
  { kind: 'half-duplex', turnaroundS: 0.02 },
  { kind: 'scheduled', grantDelayS: 0.05, grantPeriodS: 0.02, promotionS: 0.3, inactivityS: 60, pagingS: 0.5 },
  {
    kind: 'scheduled',
    grantDelayS: 0.05,
    grantPeriodS: 0.02,
    promotionS: 0.3,
    inactivityS: 10,
    pagingS: 0.5,
    randomAccess: { preambles: 2, opportunityS: 0.1, attempts: 3, backoffS: 0.4 },
  },
  polled,
  { kind: 'aloha', slotS: 0, copies: 2, spreadS: 3 },
  { kind: 'aloha', slotS: 0.5, copies: 1, spreadS: 2 },
  csma,
  dcf,
  { kind: 'mesh', hop: csma, ringShares: [0.5, 0.3, 0.2], sectors: 1, relayS: 0.01 },
  { kind: 'mesh', hop: csma, ringShares: [0.4, 0.6], sectors: 2, relayS: 0 },
  { kind: 'mesh', hop: polled, ringShares: [0.5, 0.5], sectors: 1, relayS: 0.01 },
];

const anyMedium = (access: readonly Access[]): fc.Arbitrary<Medium> =>
  fc
    .record({
      access: fc.constantFrom(...access),
      frameLoss: fc.constantFrom(0, 0, 0.1, 0.5),
      residualLoss: fc.constantFrom(0, 0, 0.05),
      hiddenShare: fc.constantFrom(0, 0, 0.4),
      arq: fc.option(fc.record({ retries: fc.integer({ min: 0, max: 3 }), timeoutS: fc.constantFrom(0.05, 0.4) })),
    })
    .map(({ arq, ...medium }) => ({ name: 'any', ...medium, ...(arq === null ? {} : { arq }) }));

const anyServer = fc.record({
  discipline: fc.constantFrom('fifo' as const, 'priority' as const, 'fair' as const),
  weights: fc.constant([4, 2, 1]),
  quantumB: fc.constantFrom(Number.POSITIVE_INFINITY, 150),
  bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 700),
  bufferMessages: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 3),
  delayS: fc.constantFrom(0, 0.01, 0.7),
});

/** Frames of a message of the source's size on the NAN and the WAN. */
function framing(sizeB: number, rateBps: number): FramingLiteral {
  const frames = Math.max(1, Math.ceil(sizeB / 100));
  const lastB = sizeB - (frames - 1) * 100 + 20;
  return { frames, fullB: 120, lastB, fullS: 960 / rateBps, lastS: (8 * lastB) / rateBps, gapS: 0.001, ackS: 0.01 };
}

const anySource = fc.record({
  way: fc.constantFrom('up', 'up', 'down', 'cast', 'asked'),
  devices: fc.integer({ min: 1, max: ENDPOINTS }),
  firstNode: fc.integer({ min: 0, max: 3 }),
  sizeB: fc.constantFrom(20, 90, 250, 430),
  priority: fc.integer({ min: 0, max: 2 }),
  process: fc.constantFrom('poisson' as const, 'periodic' as const, 'burst' as const),
  phase: fc.constantFrom('random' as const, 'synchronised' as const),
  periodS: fc.constantFrom(40, 200, 700),
  spreadS: fc.constantFrom(0, 5),
  burstFirst: fc.boolean(),
  retryS: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2, 30),
  retries: fc.integer({ min: 0, max: 2 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  holds: fc.option(fc.constantFrom<HoldLiteral>({ ageS: 50 }, { sizeB: 300, ageS: 400 }), { freq: 4 }),
  cutThrough: fc.boolean(),
  replies: fc.boolean(),
  answered: fc.boolean(),
});
type AnySource = typeof anySource extends fc.Arbitrary<infer T> ? T : never;

const anyOutage: fc.Arbitrary<OutageLiteral> = fc
  .record({
    kind: fc.constant('dap'),
    nodes: fc.constant([0, 4] as const),
    fromS: fc.constantFrom(100, 900),
    toS: fc.constantFrom(1000, 1500),
  })
  .chain((row) =>
    fc.boolean().map((server) => (server ? { kind: row.kind, server: 'NAN', fromS: row.fromS, toS: row.toS } : row)),
  );

const NAN_BPS = 4000;
const WAN_BPS = 9000;

/** Networks in which messages of two areas cross a shared medium and a shared WAN. */
export const anyNetwork: fc.Arbitrary<Plan> = fc
  .record({
    nan: anyServer,
    nanMedium: anyMedium(sharedAccess),
    wan: anyServer,
    wanMedium: fc.option(anyMedium([{ kind: 'dedicated' }])),
    sources: fc.array(anySource, { minLength: 1, maxLength: 4 }),
    outages: fc.array(anyOutage, { maxLength: 1 }),
    warmUpDays: fc.constantFrom(0, 0, 1),
    seed: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ nan, nanMedium, wan, wanMedium, sources, outages, warmUpDays, seed }) => {
    const medium = wanMedium === null ? {} : { medium: wanMedium };
    const links: Record<string, LinkLiteral> = {
      'NAN up': { ...nan, kind: 'dap', server: 'NAN', rateBps: NAN_BPS, medium: nanMedium },
      'NAN down': { ...nan, kind: 'dap', server: 'NAN', rateBps: NAN_BPS, medium: nanMedium },
      'WAN up': { ...wan, rateBps: WAN_BPS, ...medium },
      'WAN down': { ...wan, rateBps: WAN_BPS, ...medium },
    };
    const hop = (link: string, sizeB: number, more: Partial<HopObject> = {}): HopObject => {
      const framed = link.startsWith('NAN') || wanMedium !== null;
      const rateBps = link.startsWith('NAN') ? NAN_BPS : WAN_BPS;
      return { link, ...(framed ? { framing: framing(sizeB, rateBps) } : { overheadB: 20 }), ...more };
    };
    const rows = sources.flatMap((source, i) => rowsOf(source, i, hop, wanMedium !== null));
    const answered = sources.flatMap((source, i) => (isAnswered(source) ? [`s${i}`] : []));
    return buildPlan({
      seed: String(seed),
      warmUpDays,
      horizonS: HORIZON_S,
      dayLengthS: [HORIZON_S],
      binS: 600,
      kinds: { dap: 2 },
      endpoints: { dap: ENDPOINTS },
      populations: { listeners: { kind: 'dap', devices: [ENDPOINTS, 3] } },
      links,
      sources: rows,
      outages,
      causes: answered.map((name) => ({ trigger: name, source: `${name} answer`, probability: 0.9, delayS: 0.2 })),
    });
  });

const isAnswered = ({ way, answered }: AnySource): boolean => way === 'asked' || (way === 'down' && answered);

function rowsOf(
  source: AnySource,
  i: number,
  hop: (link: string, sizeB: number, more?: Partial<HopObject>) => HopObject,
  wanIsFramed: boolean,
) {
  const { way, sizeB, holds, cutThrough, replies, process, retryS, retries, concurrency, periodS, ...rest } = source;
  const name = `s${i}`;
  const reply = (link: string) => (replies ? { reply: hop(link, 10) } : {});
  const up = (bytes: number) => [
    hop('NAN up', bytes, reply('NAN down')),
    hop('WAN up', bytes, holds === null ? { cutThrough } : { hold: wanIsFramed ? { ...HELD, ...holds } : holds }),
  ];
  const down = (cast: boolean) => [
    hop('WAN down', sizeB),
    hop('NAN down', sizeB, cast ? { fan: 'everyInstance', listeners: 'listeners' } : reply('NAN up')),
  ];
  const timing =
    process === 'burst' ? { bursts: [300, 301], burstDevices: Math.min(3, rest.devices) } : { process, periodS };
  const own = { ...rest, name, sizeB };
  const repeated = { retryS, retries };
  if (way === 'cast') {
    const sender: SourceLiteral = {
      name,
      sizeB,
      priority: rest.priority,
      process: 'poisson',
      periodS,
      path: down(true),
    };
    return [sender];
  }
  if (way === 'up') return [{ ...own, ...timing, ...repeated, kind: 'dap', path: up(sizeB) } satisfies SourceLiteral];
  const ask: SourceLiteral =
    way === 'asked'
      ? { ...own, kind: 'dap', process: 'asked', periodS, concurrency, retryS: 20, retries, path: down(false) }
      : { ...own, ...timing, ...repeated, kind: 'dap', path: down(false) };
  const answer: SourceLiteral = {
    name: `${name} answer`,
    kind: 'dap',
    devices: rest.devices,
    process: 'caused',
    sizeB: 60,
    path: up(60),
  };
  return isAnswered(source) ? [ask, answer] : [ask];
}

/** Frames of what a hold sends, as `framing` makes them. */
const HELD: HoldLiteral = { frameAppB: 100, fullB: 120, fullS: 960 / WAN_BPS, emptyB: 20, emptyS: 160 / WAN_BPS };
