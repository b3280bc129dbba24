/**
 * What a scenario means by what it does not say. Each entry that a run uses stands in `Scenario.defaults` and so among
 * the assumptions of its results; the reason is for the planner who has to defend the figure.
 *
 * Values are in SI units, or texts. Counts are expressions over the deployment (see `evaluate.ts`); they are chosen for a
 * utility in North America and scale with its electric meters: 10,000 meters have 10 DAPs, 10 feeders, 3 substations.
 */
export interface Default {
  /** Key path in the scenario; `links.*.x` holds for every network without an entry of its own. */
  readonly key: string;
  readonly value: string | number;
  readonly unit: string;
  readonly reason: string;
}

const RUN: readonly Default[] = [
  { key: 'seed', value: '1', unit: '', reason: 'any text will do; the same seed gives the same results' },
  {
    key: 'replications',
    value: 5,
    unit: '',
    reason: "the fewest that give a usable interval (Student's t with 4 degrees of freedom)",
  },
  {
    key: 'profile',
    value: 'none',
    unit: '',
    reason: 'no catalogue in play needs advanced metering or distribution automation',
  },
  { key: 'useCases', value: 'all', unit: '', reason: 'a profile is met only when all of its use cases are carried' },
  { key: 'load', value: 'baseload', unit: '', reason: 'the load case of an ordinary day; highload is the other' },
  { key: 'range', value: 'most', unit: '', reason: 'ranges of the source are taken at their most demanding end' },
  { key: 'start', value: '2026-07-15', unit: '', reason: 'a weekday in summer, when air conditioning loads the grid' },
  {
    key: 'timeZone',
    value: 'UTC',
    unit: '',
    reason: 'clocks never change there; name your own zone for days of 23 or 25 hours',
  },
  { key: 'duration', value: '1 day', unit: '', reason: 'windows of the source repeat daily' },
  { key: 'warmUp', value: 'auto', unit: '', reason: 'whole days are run and discarded until the daily cycle repeats' },
  {
    key: 'dsdr.from',
    value: '13:00',
    unit: '',
    reason: 'the longest DSDR period of the source, 6 hours, around the peak of a summer afternoon',
  },
  {
    key: 'dsdr.to',
    value: '19:00',
    unit: '',
    reason: 'the longest DSDR period of the source, 6 hours, around the peak of a summer afternoon',
  },
];

const EVENTS: readonly Default[] = [
  { key: 'events.*.share', value: 1, unit: '', reason: 'the event concerns all that it can' },
  { key: 'events.*.spreadS', value: 0, unit: 's', reason: 'all at the same time, the most demanding case' },
  { key: 'events.*.outage.share', value: 0.1, unit: '', reason: 'a tenth of the meters: about one feeder in ten' },
  {
    key: 'events.*.outage.durationS',
    value: 3600,
    unit: 's',
    reason: 'a repair takes about an hour or two; the shorter brings the restorations into the same busy period',
  },
  {
    key: 'events.*.outage.spreadS',
    value: 10,
    unit: 's',
    reason: 'meters report while their stored energy lasts, some seconds',
  },
  {
    key: 'events.*.outage.holdUpS',
    value: 60,
    unit: 's',
    reason:
      'meters on a capacitor report an outage that has lasted 30 to 45 s (use case Last Gasp Message V3.0 of the Smart Grid Information Clearinghouse), so they live about a minute',
  },
  { key: 'events.*.outage.areas', value: 1, unit: '', reason: 'links are out everywhere' },
  {
    key: 'events.*.concurrency',
    value: 1,
    unit: 'devices per area',
    reason: 'one image after the other leaves the network to what cannot wait',
  },
  { key: 'events.*.timeout', value: 3600, unit: 's', reason: 'a transfer that has not ended in an hour is given up' },
  { key: 'events.*.retries', value: 3, unit: '', reason: 'three more attempts before a device is left to a crew' },
  { key: 'payloads.*.polling.concurrency', value: 1, unit: 'devices per area', reason: 'one device after the other' },
  { key: 'payloads.*.polling.timeout', value: 2, unit: 's', reason: 'usual for masters on radio' },
  { key: 'payloads.*.polling.retries', value: 1, unit: '', reason: 'asked once more before the next device' },
  { key: 'retries.*.times', value: 3, unit: '', reason: 'a usual number of repetitions of an application' },
  { key: 'forwarding.*.types', value: 'resp-data', unit: '', reason: 'data can wait; what is urgent never stops' },
  {
    key: 'deployment.dapSizes.spread',
    value: 0.5,
    unit: 'share of the mean',
    reason:
      'dense quarters have DAPs of several times the size of those in the outskirts (section 4.21: varying significantly)',
  },
  { key: 'deployment.dapSizes.least', value: 1, unit: 'meters', reason: 'a DAP serves somebody' },
  {
    key: 'deployment.dapSizes.most',
    value: 50_000,
    unit: 'meters',
    reason: 'designs allow 1,000 to 50,000 meters (section 4.21)',
  },
];

/** Counts of the deployment: expressions. Those of one feeder stand under `perFeeder`. */
const DEPLOYMENT: readonly Default[] = [
  { key: 'deployment.meters.electric.total', value: '0', unit: 'meters', reason: 'none are given' },
  {
    key: 'deployment.meters.gas.total',
    value: '0',
    unit: 'meters',
    reason: 'gas meters are counted only where they are given',
  },
  {
    key: 'deployment.meters.water.total',
    value: '0',
    unit: 'meters',
    reason: 'water meters are counted only where they are given',
  },
  {
    key: 'deployment.meters.electric.commercial',
    value: 'round(meters.electric.total * 0.1)',
    unit: 'meters',
    reason: '10% commercial and industrial, apportionment scenario 2 of section 4.21',
  },
  {
    key: 'deployment.meters.gas.commercial',
    value: 'round(meters.gas.total * 0.1)',
    unit: 'meters',
    reason: '10% commercial and industrial, as for electric meters',
  },
  {
    key: 'deployment.meters.water.commercial',
    value: 'round(meters.water.total * 0.1)',
    unit: 'meters',
    reason: '10% commercial and industrial, as for electric meters',
  },
  {
    key: 'deployment.metersPerDap',
    value: '1000',
    unit: 'meters',
    reason: 'the example of section 4.21; designs allow 1,000 to 50,000',
  },
  {
    key: 'deployment.feeders',
    value: 'ceil(meters.electric.total / 1000)',
    unit: 'feeders',
    reason: 'a distribution feeder serves 500 to 3,000 customers, suburban ones about 1,000',
  },
  {
    key: 'deployment.substations',
    value: 'ceil(feeders / 4)',
    unit: 'substations',
    reason: 'a distribution substation has 2 to 8 feeders',
  },
  { key: 'deployment.perFeeder.capBanks', value: '2', unit: 'per feeder', reason: 'one fixed, one switched' },
  {
    key: 'deployment.perFeeder.circuitBreakers',
    value: '1',
    unit: 'per feeder',
    reason: 'the breaker at the head of the feeder',
  },
  {
    key: 'deployment.perFeeder.reclosers',
    value: '2',
    unit: 'per feeder',
    reason: 'one in the middle, one at the tie to a neighbour',
  },
  {
    key: 'deployment.perFeeder.regulators',
    value: '1',
    unit: 'per feeder',
    reason: 'one bank where the feeder is long',
  },
  {
    key: 'deployment.perFeeder.sensors',
    value: '2',
    unit: 'per feeder',
    reason: 'the head of the feeder and its far end',
  },
  {
    key: 'deployment.perFeeder.faultDetectors',
    value: 'min(1, feeder.sensors / max(1, feeders))',
    unit: 'per feeder',
    reason: 'one of the two places also detects faults',
  },
  {
    key: 'deployment.perFeeder.sectionalizers',
    value: '1',
    unit: 'per feeder',
    reason: 'behind a recloser, on the longest branch',
  },
  { key: 'deployment.perFeeder.switches', value: '3', unit: 'per feeder', reason: 'two section switches and a tie' },
  {
    key: 'deployment.perFeeder.storage',
    value: '0.5',
    unit: 'per feeder',
    reason: 'a community storage unit on every other feeder',
  },
  {
    key: 'deployment.perFeeder.generation',
    value: '0.5',
    unit: 'per feeder',
    reason: 'a monitored generator on every other feeder',
  },
  {
    key: 'deployment.fanGateways.substation',
    value: 'substations',
    unit: 'gateways',
    reason: 'one in each substation',
  },
  { key: 'deployment.fanGateways.field', value: 'feeders', unit: 'gateways', reason: 'one on each feeder' },
  {
    key: 'deployment.han.premises',
    value: 'round(meters.electric.total * 0.15)',
    unit: 'premises',
    reason: 'home area networks reach 10 to 20% of the customers in the first years',
  },
  {
    key: 'deployment.han.displays',
    value: 'round(han.premises * 0.6)',
    unit: 'devices',
    reason: 'in-premise displays are the cheapest way into a programme',
  },
  {
    key: 'deployment.han.ems',
    value: 'round(han.premises * 0.2)',
    unit: 'devices',
    reason: 'one premise in five has an energy management system',
  },
  {
    key: 'deployment.han.thermostats',
    value: 'round(han.premises * 0.6)',
    unit: 'devices',
    reason: 'demand response begins with the air conditioner',
  },
  {
    key: 'deployment.han.vehicles',
    value: 'round(han.premises * 0.1)',
    unit: 'devices',
    reason: 'one premise in ten charges a vehicle',
  },
  {
    key: 'deployment.han.appliances',
    value: 'round(han.premises * 0.2)',
    unit: 'devices',
    reason: 'one connected appliance in five premises',
  },
  {
    key: 'deployment.han.loadControl',
    value: 'round(han.premises * 0.3)',
    unit: 'devices',
    reason: 'switches on water heaters and pool pumps',
  },
  {
    key: 'deployment.programmes.demandResponse',
    value: '0.5',
    unit: 'share of HAN devices',
    reason: 'half of those who have the device take part',
  },
  {
    key: 'deployment.programmes.tou',
    value: '0.2',
    unit: 'share of HAN devices',
    reason: 'time-of-use tariffs by choice attract about one customer in five',
  },
  {
    key: 'deployment.programmes.rtp',
    value: '0.05',
    unit: 'share of HAN devices',
    reason: 'real-time prices suit few households',
  },
  {
    key: 'deployment.programmes.cpp',
    value: '0.1',
    unit: 'share of HAN devices',
    reason: 'critical peak prices by choice attract about one customer in ten',
  },
  {
    key: 'deployment.programmes.prepay',
    value: '0.05',
    unit: 'share of electric meters',
    reason: 'one customer in twenty pays in advance',
  },
  {
    key: 'deployment.rep.count',
    value: '3',
    unit: 'providers',
    reason: 'an open market has several retail energy providers',
  },
  {
    key: 'deployment.rep.share',
    value: '0.5',
    unit: 'share of customers',
    reason: 'half of the customers have left the utility for a retail energy provider',
  },
  { key: 'deployment.portals.utility', value: '1', unit: 'portals', reason: 'one web portal of the utility' },
  {
    key: 'deployment.portals.rep',
    value: 'rep.count',
    unit: 'portals',
    reason: 'one web portal of each retail energy provider',
  },
  { key: 'deployment.portals.common', value: '1', unit: 'portals', reason: 'one portal that all share' },
  {
    key: 'deployment.fieldTools',
    value: 'ceil(meters.electric.total / 2000)',
    unit: 'field tools',
    reason: 'a crew with one tool for every 2,000 meters',
  },
];

const LINKS: readonly Default[] = [
  { key: 'links.*.overhead', value: 60, unit: 'B', reason: 'IPv6 40 B, UDP 8 B and 12 B of application framing' },
  {
    key: 'links.*.buffer',
    value: 'unlimited',
    unit: '',
    reason: 'delay is to be seen before loss; give a size to see drops',
  },
  {
    key: 'links.*.quantum',
    value: 1500,
    unit: 'B',
    reason: 'with priorities, large transfers yield after a frame of Ethernet size; FIFO links send whole messages',
  },
  { key: 'links.*.duplex', value: 'full', unit: '', reason: 'wired and licensed links have a channel each way' },
  {
    key: 'links.*.discipline',
    value: 'fifo',
    unit: '',
    reason: 'first in, first out unless a network is asked to do better',
  },
  {
    key: 'links.*.weights',
    value: '8, 4, 2, 1',
    unit: 'of the classes, the most urgent first',
    reason: 'each class has twice the share of the next while both have something to send',
  },
  {
    key: 'links.*.forwards',
    value: 'messages',
    unit: '',
    reason: 'whoever passes a message on has received all of it; routers that pass on packet by packet are faster',
  },
  {
    key: 'links.*.distance',
    value: 0,
    unit: 'm',
    reason: 'the flight of 1 km takes less than 5 us; give the length of long links',
  },
  {
    key: 'links.*.hidden',
    value: 0,
    unit: 'share of pairs',
    reason: 'the technology gives no share: all endpoints within reach of each other hear each other',
  },
  {
    key: 'links.*.sessions',
    value: 'ignore',
    unit: '',
    reason: 'sessions last; setting them up and keeping them alive is a few per cent of the bytes of busy links',
  },
  ...['NAN', 'FAN'].map((name) => ({
    key: `links.${name}.stack`,
    value: 'ipv6/udp',
    unit: '',
    reason: 'IP as far as the endpoint; security and application layers differ: add yours',
  })),
  ...['HAN', 'InMeter', 'Local'].map((name) => ({
    key: `links.${name}.stack`,
    value: 'none',
    unit: '',
    reason: 'one link, whose own header addresses its ends',
  })),
  {
    key: 'links.*.stack',
    value: 'ipv4/tcp/tls',
    unit: '',
    reason: 'usual between systems and on rented lines: TCP with TLS, which acknowledges what it carries',
  },
  ...network('LAN', 1e9, 0.001, 'Gigabit Ethernet; about 1 ms through switches and servers'),
  ...network('WAN', 1e6, 0.02, 'a small business line or cellular channel for each concentrator; 20 ms one way'),
  ...network('NAN', 1e5, 0.005, 'a 900 MHz mesh at 100 kbit/s, one hop; sites far out have less'),
  ...network('FAN', 1e5, 0.01, 'a licensed or 900 MHz field radio at 100 kbit/s'),
  ...network('SubLAN', 1e8, 0.001, 'Fast Ethernet in the substation'),
  ...network('HAN', 2.5e5, 0.01, 'IEEE 802.15.4 at 2.4 GHz: 250 kbit/s'),
  ...network('InMeter', 1e6, 0.001, 'a board connection inside the meter'),
  ...network('CustLAN', 1e7, 0.015, 'household broadband'),
  ...network('Internet', 1e7, 0.03, 'a leased access of 10 Mbit/s; 30 ms across a region'),
  ...network('Local', 1e6, 0.001, 'a service port over USB or Bluetooth, 1 Mbit/s'),
  ...network('*', 1e6, 0.02, 'as the WAN'),
  ...['NAN', 'FAN', 'HAN', 'Local'].map((name) => ({
    key: `links.${name}.duplex`,
    value: 'half',
    unit: '',
    reason: 'both directions share one channel',
  })),
];

function network(name: string, rateBps: number, delayS: number, reason: string): Default[] {
  return [
    { key: `links.${name}.rate`, value: rateBps, unit: 'bit/s', reason },
    { key: `links.${name}.delay`, value: delayS, unit: 's', reason },
  ];
}

export const DEFAULTS: ReadonlyMap<string, Default> = new Map(
  [...RUN, ...EVENTS, ...DEPLOYMENT, ...LINKS].map((entry) => [entry.key, entry]),
);
