/**
 * Plans that were compiled by hand, since every engine shares the compiler: plain values of type Plan, small enough that
 * what they must give was worked out on paper, beside them. 1 Mbit/s: 125 B take 1 ms.
 */
import type { Medium } from '../../sim/media.js';
import type { Plan } from '../../sim/plan.js';
import { buildPlan } from '../../test/sim/plan-builder.js';

/** What a plan must give, by flow and by link (all instances together). Seconds, bytes, messages. */
export interface HandPlan {
  readonly plan: Plan;
  /** The sum, in words. */
  readonly why: string;
  readonly flows: Readonly<Record<string, Partial<Record<FlowColumn, number>>>>;
  readonly links: Readonly<Record<string, Partial<Record<LinkColumn, number>>>>;
  /** Messages per result bin of a link. */
  readonly bins?: Readonly<Record<string, readonly number[]>>;
}
export type FlowColumn =
  | 'sent'
  | 'delivered'
  | 'lost'
  | 'lateDelivered'
  | 'resent'
  | 'deadlineMissed'
  | 'meanS'
  | 'mostS';
export type LinkColumn =
  | 'messages'
  | 'bytes'
  | 'carriedB'
  | 'droppedMessages'
  | 'waitingIntegralBs'
  | 'waitingMaxB'
  | 'frames'
  | 'retries'
  | 'airtimeS';

const MBIT = 1e6;
const plain: Omit<Medium, 'name' | 'access'> = { frameLoss: 0, residualLoss: 0, hiddenShare: 0 };

export const handPlans: readonly HandPlan[] = [
  {
    plan: buildPlan({
      name: 'two hops',
      horizonS: 100,
      links: { 'NAN up': { rateBps: MBIT, delayS: 0.005 }, 'WAN up': { rateBps: 2 * MBIT, delayS: 0.02 } },
      sources: [
        {
          name: 'read',
          bursts: [10],
          sizeB: 100,
          path: [
            { link: 'NAN up', overheadB: 25 },
            { link: 'WAN up', overheadB: 150 },
          ],
        },
      ],
    }),
    why: '1 + 5 ms, then 250 B at 2 Mbit/s 1 + 20 ms',
    flows: { read: { sent: 1, delivered: 1, lost: 0, meanS: 0.027 } },
    links: { 'NAN up': { bytes: 125, waitingIntegralBs: 0 }, 'WAN up': { bytes: 250, waitingIntegralBs: 0 } },
  },
  {
    plan: buildPlan({
      name: 'in line',
      horizonS: 100,
      links: { 'LINK up': { rateBps: MBIT } },
      sources: [
        { name: 'first', bursts: [1], sizeB: 500, path: ['LINK up'] },
        { name: 'second', bursts: [1.001], sizeB: 250, path: ['LINK up'] },
        { name: 'third', bursts: [1.002], sizeB: 125, path: ['LINK up'] },
      ],
    }),
    why: '4 ms; 3 ms of waiting and 2; 4 ms of waiting and 1',
    flows: { first: { meanS: 0.004 }, second: { meanS: 0.005 }, third: { meanS: 0.005 } },
    links: { 'LINK up': { messages: 3, waitingMaxB: 375, waitingIntegralBs: 250 * 0.003 + 125 * 0.004 } },
  },
  {
    plan: buildPlan({
      name: 'alarm before bulk',
      horizonS: 100,
      links: { 'LINK up': { rateBps: MBIT, discipline: 'priority' } },
      sources: [
        {
          name: 'bulk',
          devices: 3,
          process: 'periodic',
          phase: 'synchronised',
          periodS: 100,
          sizeB: 1250,
          priority: 3,
          path: ['LINK up'],
        },
        { name: 'alarm', bursts: [0.012], sizeB: 125, priority: 0, path: ['LINK up'] },
      ],
    }),
    why: 'bulk from 0 to 10 and 10 to 20 ms, the alarm of 12 ms from 20 to 21, the third bulk from 21 to 31',
    flows: { bulk: { delivered: 3, meanS: (0.01 + 0.02 + 0.031) / 3, mostS: 0.031 }, alarm: { meanS: 0.009 } },
    links: { 'LINK up': { waitingIntegralBs: 1250 * (0.01 + 0.021) + 125 * 0.008 } },
  },
  {
    plan: buildPlan({
      name: 'by day and clock',
      horizonS: 2 * 86_400,
      dayLengthS: [86_400, 82_800],
      dayKind: [1, 0],
      windows: { 'seven to ten in the morning': [[[7 * 3600, 10 * 3600]], [[6 * 3600, 9 * 3600]]] },
      links: { 'LINK up': { rateBps: MBIT } },
      sources: [
        {
          name: 'read',
          process: 'periodic',
          phase: 'synchronised',
          periodS: 1800,
          window: 'seven to ten in the morning',
          sizeB: 125,
          path: ['LINK up'],
        },
      ],
    }),
    why: 'six each day from 7:00 to 9:30; the first day loses its third hour, so that 7:00 is its sixth, and the next day begins with hour 23',
    flows: { read: { sent: 12, delivered: 12, meanS: 0.001 } },
    links: { 'LINK up': { messages: 12 } },
    bins: { 'LINK up': Array.from({ length: 48 }, (_, b) => ((b >= 6 && b < 9) || (b >= 30 && b < 33) ? 2 : 0)) },
  },
  {
    plan: buildPlan({
      name: 'command and answers',
      horizonS: 100,
      links: { 'LINK down': { rateBps: MBIT, delayS: 0.01 }, 'LINK up': { rateBps: MBIT, delayS: 0.01 } },
      sources: [
        { name: 'command', bursts: [1, 2, 3], sizeB: 125, path: ['LINK down'] },
        { name: 'answer', process: 'caused', sizeB: 250, path: ['LINK up'] },
        { name: 'error', process: 'caused', sizeB: 125, path: ['LINK up'] },
      ],
      causes: [
        { trigger: 'command', source: 'answer', group: 1, delayS: 0.5 },
        { trigger: 'command', source: 'error', group: 1, delayS: 0.5 },
      ],
    }),
    why: 'each command, after 11 ms, has both answers: three of 250 and three of 125 B',
    flows: { command: { sent: 3, meanS: 0.011 }, answer: { sent: 3, delivered: 3 }, error: { sent: 3, delivered: 3 } },
    links: { 'LINK down': { bytes: 375 }, 'LINK up': { bytes: 1125, messages: 6 } },
  },
  {
    plan: buildPlan({
      name: 'broadcast',
      horizonS: 100,
      kinds: { dap: 3 },
      links: {
        'WAN down': { rateBps: MBIT, delayS: 0.02 },
        'NAN down': { kind: 'dap', rateBps: MBIT / 10, delayS: 0.005 },
      },
      populations: { meters: { kind: 'dap', devices: [100, 0, 40] } },
      sources: [
        {
          name: 'price',
          bursts: [5],
          sizeB: 125,
          path: ['WAN down', { link: 'NAN down', fan: 'everyInstance', listeners: 'meters' }],
        },
      ],
    }),
    why: 'once on the WAN, once in each of the two areas where somebody listens; 1 + 20 + 10 + 5 ms to 140 meters',
    flows: { price: { sent: 140, delivered: 140, lost: 0, meanS: 0.036, mostS: 0.036 } },
    links: { 'WAN down': { messages: 1, bytes: 125 }, 'NAN down': { messages: 2, bytes: 250 } },
  },
  {
    plan: buildPlan({
      name: 'full buffer',
      horizonS: 100,
      links: { 'LINK up': { rateBps: MBIT, bufferMessages: 2 } },
      sources: [
        {
          name: 'read',
          devices: 5,
          process: 'periodic',
          phase: 'synchronised',
          periodS: 50,
          sizeB: 125,
          path: ['LINK up'],
        },
      ],
    }),
    why: 'of five at once one is sent, two wait and two are dropped, twice: 1, 2 and 3 ms',
    flows: { read: { sent: 10, delivered: 6, lost: 4, meanS: 0.002, mostS: 0.003 } },
    links: {
      'LINK up': {
        messages: 10,
        droppedMessages: 4,
        carriedB: 750,
        waitingMaxB: 250,
        waitingIntegralBs: 2 * 125 * 0.003,
      },
    },
  },
  {
    plan: buildPlan({
      name: 'frames of half duplex',
      horizonS: 100,
      links: {
        'AIR up': {
          server: 'air',
          delayS: 0.001,
          medium: { name: 'radio', ...plain, access: { kind: 'half-duplex', turnaroundS: 0.004 } },
        },
        'AIR down': { server: 'air', delayS: 0.001 },
      },
      sources: [
        {
          name: 'command',
          bursts: [1],
          path: [{ link: 'AIR down', framing: { lastB: 125, lastS: 0.01, ackS: 0.002 } }],
        },
        {
          name: 'image',
          process: 'caused',
          path: [
            {
              link: 'AIR up',
              framing: { frames: 3, fullB: 250, lastB: 100, fullS: 0.02, lastS: 0.008, gapS: 0.001, ackS: 0.002 },
            },
          ],
        },
      ],
      causes: [{ trigger: 'command', source: 'image', delayS: 0.5 }],
    }),
    why: '10 + 1 ms; then 4 to turn around, 20 + 3, 20 + 3, 8, and 1: 59 ms. On the air 12 and 4 + 3 x 3 + 48 ms',
    flows: { command: { meanS: 0.011 }, image: { meanS: 0.059 } },
    links: {
      'AIR down': { frames: 1, airtimeS: 0.012, bytes: 125 },
      'AIR up': { frames: 3, airtimeS: 0.061, bytes: 600 },
    },
  },
  {
    plan: buildPlan({
      name: 'batches of a concentrator',
      horizonS: 100,
      links: { 'NAN up': { rateBps: MBIT }, 'WAN up': { rateBps: MBIT, delayS: 0.02 } },
      sources: [
        {
          name: 'read',
          bursts: [1, 2, 3, 20],
          sizeB: 125,
          path: ['NAN up', { link: 'WAN up', overheadB: 125, hold: { sizeB: 375, ageS: 10 } }],
        },
      ],
      flows: { read: { budgetS: 5 } },
    }),
    why: 'three reads make 375 B and go together as 500 B, 4 + 20 ms after the third is there; the fourth goes alone 10 s after it came',
    flows: {
      read: { sent: 4, delivered: 4, lateDelivered: 1, meanS: (2.025 + 1.025 + 0.025 + 10.023) / 4, mostS: 10.023 },
    },
    links: { 'NAN up': { messages: 4 }, 'WAN up': { messages: 2, bytes: 750 } },
  },
  {
    plan: buildPlan({
      name: 'asked again',
      horizonS: 100,
      links: { 'LINK down': { rateBps: MBIT }, 'LINK up': { rateBps: MBIT } },
      outages: [{ server: 'LINK up', fromS: 0, toS: 12 }],
      sources: [
        { name: 'question', bursts: [1], devices: 1, retryS: 5, retries: 3, sizeB: 125, path: ['LINK down'] },
        { name: 'answer', process: 'caused', sizeB: 125, path: ['LINK up'] },
      ],
      causes: [{ trigger: 'question', source: 'answer' }],
      flows: { answer: { budgetS: 5 } },
    }),
    why: 'asked at 1, 6 and 11 s; the answer of 1.001 s leaves at 12 s and is there at 12.001, late; the other two are repetitions of it',
    flows: {
      question: { sent: 1, resent: 2, delivered: 1, meanS: 0.001 },
      answer: { sent: 1, delivered: 1, lateDelivered: 1, meanS: 11 },
    },
    links: { 'LINK down': { messages: 3 }, 'LINK up': { messages: 3, carriedB: 375 } },
  },
  {
    plan: buildPlan({
      name: 'deadlines after an event',
      horizonS: 100,
      links: { 'LINK up': { rateBps: MBIT / 1000 } },
      sources: [{ name: 'last gasp', devices: 4, bursts: [10], sizeB: 125, path: ['LINK up'] }],
      flows: { 'last gasp': { deadlineS: 2.5, budgetS: 3.5 } },
    }),
    why: 'four at once at 1 s each: there after 1, 2, 3 and 4 s; two miss the deadline of 2.5 s, one the budget of 3.5',
    flows: { 'last gasp': { delivered: 4, lateDelivered: 1, deadlineMissed: 2, meanS: 2.5, mostS: 4 } },
    links: { 'LINK up': { waitingIntegralBs: 125 * (1 + 2 + 3), waitingMaxB: 375 } },
  },
];
