/** Published figures about smart-metering traffic, from their own stated inputs. */
import { type Case, planCase } from '../case.js';
import { steady } from '../steady.js';

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

export const studyCases: readonly Case[] = [cloudMeters];
