/** Published figures about the traffic of meters and other machines, from their own stated inputs. */
import { buildPlan } from '../../test/sim/plan-builder.js';
import { type Case, type Claim, planCase } from '../case.js';
import { meanRow, shareRow, steady } from '../steady.js';

/** Published figures may be rounded, or leave something out. */
const PUBLISHED = 0.1;
const METERS = 100;
const DAY_S = 86_400;

/**
 * IAMMETER, *Calculating Monthly Data Traffic for the IAMMETER Energy Meter* (imeter.club/topic/681): a three-phase meter with
 * reactive measurement uploads 350 B behind 200 B of HTTP once a minute, 43,200 times a month: 23.76 MB. Here each of a
 * hundred meters keeps its own phase within the minute.
 */
const cloudMeters = planCase({
  group: 'studies',
  subject: 'IAMMETER, monthly traffic of a cloud meter',
  source:
    'imeter.club/topic/681: payload 350 B, HTTP 200 B, once a minute, 30 days; 43,200 uploads, 23.76 MB; within 10%',
  replications: 1,
  plan: () =>
    steady(DAY_S, 30 * DAY_S, {
      links: { 'WAN up': { rateBps: 1e6, delayS: 0.03 } },
      sources: [
        {
          name: 'upload',
          devices: METERS,
          process: 'periodic',
          periodS: 60,
          sizeB: 350,
          path: [{ link: 'WAN up', overheadB: 200 }],
        },
      ],
    }),
  rows: [
    {
      quantity: 'uploads per meter and month',
      unit: '',
      claim: { equals: 43_200, within: PUBLISHED * 43_200 },
      measure: ({ flows }) => flows.delivered[0]! / METERS,
    },
    {
      quantity: 'traffic per meter and month',
      unit: 'MB',
      claim: { equals: 23.76, within: PUBLISHED * 23.76 },
      measure: ({ links }) => links.carriedB[0]! / METERS / 1e6,
    },
  ],
});

const PAGED = 100;
const CYCLES = 10;
const GROUPS = 2000;
/** Between two pagings of the group: more than the cycles that any device tries. */
const GROUP_S = 20;

/** Their equations 6 to 9: from cycle to cycle K exp(-K / N) of K devices get through. Share of all, and mean cycle of those. */
function groupPaging(opportunities: number): { readonly share: number; readonly cycle: number } {
  let contending = PAGED;
  let through = 0;
  let cycles = 0;
  for (let cycle = 1; cycle <= CYCLES; cycle++) {
    const alone = contending * Math.exp(-contending / opportunities);
    through += alone;
    cycles += cycle * alone;
    contending -= alone;
  }
  return { share: through / PAGED, cycle: cycles / through };
}

const published = (exact: number): Claim => ({
  exact,
  from: (1 - PUBLISHED) * exact,
  to: (1 + PUBLISHED) * exact,
});

/**
 * C.-H. Wei, R.-G. Cheng, S.-L. Tsao, *Modeling and Estimation of One-Shot Random Access for Finite-User Multichannel Slotted
 * ALOHA Systems*, IEEE Communications Letters 16(8), August 2012, from p. 1196 (paperzz.com/doc/7182929): LTE pages a group of a
 * hundred machines (any, meters among them), who all contend at once for the N opportunities of a cycle, those who met again
 * in the next, up to ten times. Inputs and equations are as a public reproduction of the letter quotes them; of the letter
 * itself the first page was read, and no value was taken off its curves.
 *
 * They take the contenders of a cycle for Poisson, which is right for many opportunities: with 15 the share is off by a sixth,
 * and only shown. A cycle is a second here.
 */
const groups = [15, 20, 30, 40].map((opportunities) => {
  const { share, cycle } = groupPaging(opportunities);
  const claim = opportunities < 20 ? (shown: number): Claim => ({ shown }) : published;
  return planCase({
    group: 'studies',
    subject: `Wei, Cheng, Tsao 2012, group paging, ${opportunities} opportunities a cycle`,
    source:
      `IEEE Communications Letters 16(8), equations 6–9: ${PAGED} devices, at most ${CYCLES} cycles, ` +
      (opportunities < 20 ? 'few opportunities, outside of what they approximate' : 'within 10%'),
    replications: 12,
    plan: () =>
      buildPlan({
        horizonS: GROUPS * GROUP_S,
        binS: GROUPS * GROUP_S,
        endpoints: { centre: PAGED },
        links: {
          'LTE up': {
            medium: {
              name: 'random access',
              access: {
                kind: 'scheduled',
                grantDelayS: 0,
                grantPeriodS: 0,
                promotionS: 0,
                inactivityS: 0,
                pagingS: 0,
                randomAccess: { preambles: opportunities, opportunityS: 1, attempts: CYCLES, backoffS: 0 },
              },
              frameLoss: 0,
              residualLoss: 0,
              hiddenShare: 0,
            },
          },
        },
        sources: [
          {
            name: 'answer',
            devices: PAGED,
            bursts: Array.from({ length: GROUPS }, (_, group) => group * GROUP_S),
            path: ['LTE up'],
          },
        ],
      }),
    rows: [
      shareRow('answer', 'delivered', claim(share), 'share that gets access'),
      meanRow('answer', claim(cycle), 'mean cycle of access'),
    ],
  });
});

export const studyCases: readonly Case[] = [cloudMeters, ...groups];
