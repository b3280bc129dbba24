/** Airtimes through topologies/overhead, against those that were worked out by hand from standards and data sheets. */
import { frameAirtimeS, frameGapS, linkAckS } from '../../topologies/overhead/medium.js';
import { overheadOf } from '../../topologies/overhead/overhead.js';
import { parseStack } from '../../topologies/overhead/stack.js';
import { findTechnology } from '../../topologies/technologies.js';
import type { Technology } from '../../topologies/technology-types.js';
import { type Case, nameOf } from '../case.js';

interface Printed {
  readonly quantity: string;
  readonly unit?: string;
  readonly exact: number;
  /** Decimals printed. */
  readonly decimals: number;
  readonly value: () => number;
}

/** Bytes of the check sequence of Wi-SUN, which its printed lengths leave out. */
const FCS_B = 4;
const named = (technology: string) => findTechnology(technology);
const airtimeMs = (technology: string, frameB: number) => 1000 * frameAirtimeS(named(technology), 'up', frameB);
const messageMs = (technology: string, bytes: number) =>
  1000 * overheadOf(parseStack('none'), bytes, named(technology)).message.airtimeS;

function table(technology: string, sizes: readonly number[], exactMs: readonly number[], decimals: number, addedB = 0) {
  return sizes.map((bytes, i) => ({
    quantity: `${technology}, ${bytes} B`,
    unit: 'ms',
    exact: exactMs[i]!,
    decimals,
    value: () => airtimeMs(technology, bytes + addedB),
  }));
}

function messages(technology: string, sizes: readonly number[], exactMs: readonly number[], decimals: number) {
  return sizes.map((bytes, i) => ({
    quantity: `${technology}, ${bytes} B`,
    unit: 'ms',
    exact: exactMs[i]!,
    decimals,
    value: () => messageMs(technology, bytes),
  }));
}

/** Mean backoff of the first attempt and the frame with its gap. */
function unacknowledgedS(technology: Technology, frameB: number): number {
  const { access } = technology;
  if (access.kind !== 'csma-802.15.4') throw new Error(`${technology.name} has ${access.kind}`);
  const backoffS = ((2 ** access.leastExponent - 1) / 2) * access.unitBackoffS;
  return backoffS + frameAirtimeS(technology, 'up', frameB) + frameGapS(technology, 'up');
}

/** The greatest frame of 802.15.4, and what it carries without and with short addresses. */
const LARGEST_B = 127;
const zigbee = () => named('zigbee');
const largestS = () => unacknowledgedS(zigbee(), LARGEST_B);
const acknowledgedS = () => largestS() + linkAckS(zigbee(), 'up');
const MAS_SIZES = [50, 100, 250];
const FSK_SIZES = [100, 200, 400];

const printed: Record<string, { readonly source: string; readonly rows: readonly Printed[] }> = {
  'Wi-SUN FSK': {
    source: '8·(preamble + 2 + 2 + L + 4) / rate; IEEE 802.15.4-2020, 19; Wi-SUN PHY 2v03, 6.1.1',
    rows: [
      ...table('wi-sun-fsk-50', FSK_SIZES, [18.56, 34.56, 66.56], 2, FCS_B),
      ...table('wi-sun-fsk-150', FSK_SIZES, [6.4, 11.73, 22.4], 2, FCS_B),
      ...table('wi-sun-fsk-300', FSK_SIZES, [3.52, 6.19, 11.52], 2, FCS_B),
    ],
  },
  'Wi-SUN OFDM, option 1': {
    source: '9 symbols of 120 us, then whole symbols; IEEE 802.15.4-2020, 20',
    rows: [
      ...table('wi-sun-ofdm-800', [200, 1500], [3.24, 16.2], 2, FCS_B),
      ...table('wi-sun-ofdm-2400', [200, 1500], [1.8, 6.12], 2, FCS_B),
    ],
  },
  PRIME: {
    source: 'DBPSK with FEC, 48 bits to a symbol of 2.24 ms behind 6.528 ms; ITU-T G.9904',
    rows: [
      ...table('plc-prime', [64, 128, 378], [31.2, 55.8, 147.6], 1),
      {
        // 102.848: a half more than the printed 102.9 says.
        quantity: 'plc-prime, 256 B',
        unit: 'ms',
        exact: 102.85,
        decimals: 2,
        value: () => airtimeMs('plc-prime', 256),
      },
      {
        quantity: 'ceiling at 64 B',
        unit: 'kbit/s',
        exact: 16.4,
        decimals: 1,
        value: () => (8 * 64) / airtimeMs('plc-prime', 64),
      },
      {
        quantity: 'ceiling at 378 B',
        unit: 'kbit/s',
        exact: 20.5,
        decimals: 1,
        value: () => (8 * 378) / airtimeMs('plc-prime', 378),
      },
    ],
  },
  '802.15.4 at 2.4 GHz': {
    source: 'Latré et al., Throughput and delay analysis of unslotted IEEE 802.15.4, J. Networks 1 (2006) 20-28',
    rows: [
      {
        quantity: '122 B unacknowledged, mean backoff included',
        unit: 'ms',
        exact: 6.016,
        decimals: 3,
        value: () => 1000 * largestS(),
      },
      {
        quantity: '122 B acknowledged',
        unit: 'ms',
        exact: 6.56,
        decimals: 3,
        value: () => 1000 * acknowledgedS(),
      },
      {
        quantity: 'throughput without addresses and acknowledgements',
        unit: 'kbit/s',
        exact: 162,
        decimals: 0,
        value: () => (8 * 122) / largestS() / 1000,
      },
      {
        quantity: 'throughput with short addresses and acknowledgements',
        unit: 'kbit/s',
        exact: 139,
        decimals: 0,
        value: () => (8 * 114) / acknowledgedS() / 1000,
      },
    ],
  },
  'multiple address radio': {
    source: 'bytes over rate',
    rows: [
      ...messages('mas-9600', MAS_SIZES, [41.7, 83.3, 208.3], 1),
      ...messages('mas-19200', MAS_SIZES, [20.8, 41.7, 104.2], 1),
    ],
  },
  'narrowband star': {
    source: 'Sensus, SmartPoint Module for the Elster A3 Meter, ECMTM40000 rev. 1 (2008); ALOHA at its peak, 1/(2e)',
    rows: [
      ...messages('pmp-narrowband', [28], [107.4], 2),
      {
        quantity: 'peak of pure ALOHA',
        unit: '1/s',
        exact: 1.71,
        decimals: 2,
        value: () => 1000 / (2 * Math.E * messageMs('pmp-narrowband', 28)),
      },
    ],
  },
};

export const airtimeCases: readonly Case[] = Object.entries(printed).map(([subject, { source, rows }]) => ({
  name: nameOf('airtimes', subject),
  subject,
  source,
  replications: 1,
  simulate: () => rows.map(({ value }) => value()),
  rows: rows.map(({ quantity, unit, exact, decimals }) => ({
    quantity,
    unit: unit ?? '',
    // Half a unit of the last decimal, and the float's own rounding.
    claim: { equals: exact, within: 0.5 * 10 ** -decimals * (1 + 1e-9) },
  })),
}));
