/** Meshes: airtime of every relay, the funnel at the gateway. */
import { ringOf } from '../../sim/engine/media/mesh-tree.js';
import { compileProgram } from '../../sim/engine/program.js';
import type { CsmaAccess, Medium, MeshAccess } from '../../sim/media.js';
import type { FramingLiteral } from '../../test/sim/plan-builder.js';
import { type Case, planCase } from '../case.js';
import { flowOf, meanRow, steady } from '../steady.js';

const FRAME_S = 0.02;
const ACK_S = 0.002;
const RELAY_S = 0.01;
const FRAME: FramingLiteral = { lastB: 125, lastS: FRAME_S, ackS: ACK_S };
const CSMA: CsmaAccess = {
  kind: 'csma-802.15.4',
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  unitBackoffS: 0.001,
  ccaS: 0.0005,
  turnaroundS: 0.0005,
};
const mesh = (access: Omit<MeshAccess, 'kind'>, more: Partial<Medium> = {}): Medium => ({
  name: 'mesh',
  access: { kind: 'mesh', ...access },
  frameLoss: 0,
  residualLoss: 0,
  hiddenShare: 0,
  ...more,
});
const RING_SHARES = [0.4, 0.35, 0.25];
const meanHops = RING_SHARES.reduce((sum, share, i) => sum + share * (i + 1), 0);

/** Backoff of the mean, listening, turn-around. */
const accessS = ((2 ** CSMA.leastExponent - 1) / 2) * CSMA.unitBackoffS + CSMA.ccaS + CSMA.turnaroundS;

/** Endpoints one after the other, so far apart that nobody meets anybody; rings are drawn anew in each gateway. */
const METERS = 100;
const GATEWAYS = 40;
const quiet = planCase({
  group: 'mesh',
  subject: 'one message at a time',
  source:
    'by hand: a message of ring r takes r hops, each a backoff, a frame and an acknowledgement; rings by their shares',
  replications: 20,
  plan: () =>
    steady(METERS, 3 * METERS, {
      kinds: { dap: GATEWAYS },
      endpoints: { dap: METERS },
      links: {
        'NAN up': {
          kind: 'dap',
          medium: mesh(
            { hop: CSMA, ringShares: RING_SHARES, sectors: 1, relayS: RELAY_S },
            { arq: { retries: 3, timeoutS: 0.01 } },
          ),
        },
      },
      // A source for every endpoint, a second after the one before.
      sources: Array.from({ length: METERS }, (_, n) => ({
        name: `meter ${n}`,
        kind: 'dap',
        firstNode: n,
        bursts: [n, n + METERS, n + 2 * METERS],
        path: [{ link: 'NAN up', framing: FRAME, deliver: 'read' }],
      })),
    }),
  rows: [
    {
      quantity: 'airtime per message',
      unit: 's',
      claim: { exact: meanHops * (FRAME_S + ACK_S) },
      measure: ({ links: { airtimeS, messages } }) =>
        airtimeS.reduce((a, b) => a + b, 0) / messages.reduce((a, b) => a + b, 0),
    },
    {
      quantity: 'frames per message',
      unit: '',
      claim: { exact: meanHops },
      measure: ({ links: { frames, messages } }) =>
        frames.reduce((a, b) => a + b, 0) / messages.reduce((a, b) => a + b, 0),
    },
    meanRow('read', { exact: meanHops * (accessS + FRAME_S) + (meanHops - 1) * RELAY_S }, 'mean latency'),
  ],
});

/**
 * The funnel: of every message the last three hops are heard by the gateway or by those who send to it, so that with one
 * sector no two of them get through at one time, whatever the access does.
 */
const FUNNEL_METERS = 60;
const FUNNEL: Omit<MeshAccess, 'kind'> = { hop: CSMA, ringShares: [0.2, 0.2, 0.3, 0.3], sectors: 1, relayS: 0 };
const funnel = planCase({
  group: 'mesh',
  subject: 'funnel in saturation, rings 1 to 4',
  source:
    'Jun and Sichitiu, IEEE Wireless Comm. 10 (2003) 8-14: the collision domain of the gateway bears min(hops, 3) airtimes of each message, one after the other',
  replications: 5,
  plan: () =>
    steady(200, 1000, {
      endpoints: { centre: FUNNEL_METERS },
      links: {
        'NAN up': { bufferMessages: 20, medium: mesh(FUNNEL, { arq: { retries: 7, timeoutS: 0.01 } }) },
      },
      sources: Array.from({ length: FUNNEL_METERS }, (_, n) => ({
        name: `meter ${n}`,
        firstNode: n,
        periodS: 2,
        path: [{ link: 'NAN up', framing: FRAME }],
      })),
    }),
  rows: [
    {
      quantity: 'busy share of the domain, at most',
      unit: '',
      claim: { exact: 1, from: 0, to: 1 },
      measure: ({ flows, replication }, plan) => {
        const program = compileProgram(plan, replication);
        let busyS = 0;
        for (let n = 0; n < FUNNEL_METERS; n++) {
          const hops = ringOf(program, 0, n, { kind: 'mesh', ...FUNNEL });
          busyS += flows.delivered[flowOf(plan, `meter ${n}`)]! * Math.min(hops, 3) * (FRAME_S + ACK_S);
        }
        return busyS / plan.time.horizonS;
      },
    },
  ],
});

/** Switches of PRIME: poll and answer over all hops, the master asks without end. */
const POLL_S = 0.03;
const TURN_S = 0.01;
const polled = planCase({
  group: 'mesh',
  subject: 'polled tree of switches, saturated',
  source: 'by hand: an endpoint of ring r takes r polls and r frames, and 2(r − 1) relays',
  replications: 20,
  plan: () =>
    steady(100, 400, {
      kinds: { dap: GATEWAYS },
      endpoints: { dap: METERS },
      links: {
        'NAN up': {
          kind: 'dap',
          medium: mesh({
            hop: { kind: 'polled', pollS: POLL_S, turnaroundS: TURN_S, emptyS: 0.02, timeoutS: 0.5, retries: 1 },
            ringShares: RING_SHARES,
            sectors: 1,
            relayS: RELAY_S,
          }),
        },
      },
      sources: [
        {
          name: 'read',
          kind: 'dap',
          devices: METERS,
          process: 'periodic',
          periodS: 5,
          path: [{ link: 'NAN up', framing: { lastB: 125, lastS: FRAME_S } }],
        },
      ],
    }),
  rows: [
    {
      quantity: 'time per message',
      unit: 's',
      claim: { exact: meanHops * (POLL_S + FRAME_S) + 2 * (meanHops - 1) * RELAY_S + TURN_S },
      // Of each gateway its own: the mean of times, not the time of the mean.
      measure: ({ links: { airtimeS, frames } }) => {
        let total = 0;
        for (let i = 0; i < GATEWAYS; i++) total += airtimeS[i]! / frames[i]!;
        return total / GATEWAYS;
      },
    },
  ],
});

export const meshCases: readonly Case[] = [quiet, funnel, polled];
