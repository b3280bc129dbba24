import { looseTechnologySchema } from '../topologies/technology-schema.js';
import { figureTextSchema } from './technologies.js';
import { AREAS_OF, SCENARIO_VERSION } from './types.js';

/**
 * The JSON Schema (2020-12) of the user's YAML. Editors complete and check with it, the loader validates with it. Names
 * (payloads, networks, use cases, ...) and quantities are checked by the loader, which knows the catalogue and the units.
 * A `description` is what an error says under `allowed`.
 */

type Schema = Readonly<Record<string, unknown>>;

const FEEDER_DEVICES: Readonly<Record<string, string>> = {
  capBanks: 'Capacitor banks',
  circuitBreakers: 'Circuit breakers',
  reclosers: 'Reclosers',
  regulators: 'Voltage regulators',
  sensors: 'Line sensors, fault detectors included',
  faultDetectors: 'Sensors that detect faults as well',
  sectionalizers: 'Sectionalizers',
  switches: 'Switches',
  storage: "Distributed storage units on customers' sites",
  generation: "Distributed generation units on customers' sites",
};

const HAN_DEVICES: Readonly<Record<string, string>> = {
  displays: 'In-premise displays (IPD)',
  ems: 'Energy management systems (Cust. EMS)',
  thermostats: 'Programmable communicating thermostats (PCT)',
  vehicles: 'Plug-in vehicles (PHEV)',
  appliances: 'Smart appliances',
  loadControl: 'Load control devices',
};

/** A text with a unit. Editors flag a bare number; the loader reads it, to answer with the unit that was forgotten. */
function quantity(title: string, description: string, examples: readonly unknown[], bareNumbers: boolean): Schema {
  return {
    title,
    description,
    type: ['string', 'number'],
    ...(bareNumbers ? {} : { minimum: 0, maximum: 0 }),
    examples,
  };
}

function count(title: string, examples: readonly unknown[] = [10, 'feeders * 2']): Schema {
  return {
    title,
    description: 'a whole number, or an expression over other counts: feeders * 2',
    type: ['number', 'string'],
    examples,
  };
}

function share(title: string, examples: readonly unknown[] = ['20%', 0.2]): Schema {
  return { title, description: 'a share: 20% or 0.2', type: ['number', 'string'], examples };
}

function text(title: string, description: string, examples: readonly unknown[] = []): Schema {
  return { title, description, type: 'string', minLength: 1, ...(examples.length > 0 ? { examples } : {}) };
}

function choice(title: string, names: readonly string[]): Schema {
  return { title, enum: names };
}

function map(title: string, description: string, properties: Schema, more: Schema = {}): Schema {
  return { title, description, type: 'object', properties, additionalProperties: false, ...more };
}

function counts(titles: Readonly<Record<string, string>>): Schema {
  return Object.fromEntries(Object.entries(titles).map(([key, title]) => [key, count(title)]));
}

function meters(kind: string): Schema {
  const title = `${kind} meters`;
  const parts = map(title, 'a number of meters, or total, residential and commercial', {
    total: count(title, [10_000]),
    residential: count(`Residential ${title}`, [9000]),
    commercial: count(`Commercial and industrial ${title}`, [1000, 'meters.electric.total * 10%']),
  });
  return {
    title,
    description: 'a number of meters, or total, residential and commercial',
    anyOf: [count(title, [10_000]), parts],
  };
}

function dapSizes(): Schema {
  return {
    title: 'Meters of each DAP',
    description: 'a list of numbers of meters, one for each DAP (8 x 1000 stands for eight), or {distribution, mean}',
    anyOf: [
      {
        type: 'array',
        description: 'a list of numbers of meters, one for each DAP; 8 x 1000 stands for eight of them',
        minItems: 1,
        items: { type: ['number', 'string'], description: 'a whole number, or 8 x 1000' },
        examples: [['8 x 1000', 1500, 500]],
      },
      map(
        'Distribution of sizes',
        'distribution, mean, spread, least and most',
        {
          distribution: choice('How sizes differ', ['lognormal', 'uniform']),
          mean: { title: 'Mean meters of a DAP', description: 'a number of meters', type: 'number' },
          spread: share('Standard deviation (lognormal) or half-width (uniform), as a share of the mean', ['50%']),
          least: { title: 'Fewest meters of a DAP', description: 'a number of meters', type: 'number' },
          most: { title: 'Most meters of a DAP', description: 'a number of meters', type: 'number' },
        },
        { required: ['distribution', 'mean'] },
      ),
    ],
  };
}

function deployment(): Schema {
  return map(
    'Deployment',
    'how many devices there are',
    {
      meters: {
        title: 'Meters',
        description: 'a number of electric meters, or electric, gas and water with their own',
        anyOf: [
          count('Electric meters', [10_000]),
          map('Meters', 'electric, gas and water', {
            electric: meters('Electric'),
            gas: meters('Gas'),
            water: meters('Water'),
          }),
        ],
      },
      metersPerDap: count('Meters per DAP', [1000]),
      daps: count('Data aggregation points', [10]),
      dapSizes: dapSizes(),
      substations: count('Substations', [3, 'feeders / 4']),
      feeders: count('Feeders', [10, 'meters.electric.total / 1000']),
      feeder: map('Feeder devices', 'devices on all feeders together', counts(FEEDER_DEVICES)),
      perFeeder: map(
        'Devices per feeder',
        'mean devices of one feeder; 0.5 is one on every other',
        counts(FEEDER_DEVICES),
      ),
      fanGateways: map('Gateways of the field area network', 'how many stand where', {
        substation: count('In substations'),
        field: count('On feeders'),
      }),
      han: map('Home area networks', 'premises with a network, and their devices', {
        premises: count('Premises with a home area network', ['meters.electric.total * 15%']),
        ...counts(HAN_DEVICES),
      }),
      programmes: map('Programmes', 'who is enrolled', {
        demandResponse: share('Share of HAN devices in demand response or direct load control'),
        tou: share('Share of HAN devices on time-of-use prices'),
        rtp: share('Share of HAN devices on real-time prices'),
        cpp: share('Share of HAN devices on critical peak prices'),
        prepay: share('Share of electric meters that pay in advance'),
      }),
      rep: map('Retail energy providers', 'how many, and whom they serve', {
        count: count('Retail energy providers', [3]),
        share: share('Share of customers whom they serve'),
      }),
      portals: map('Web portals', 'how many of each', {
        utility: count('Of the utility', [1]),
        rep: count('Of retail energy providers', [3]),
        common: count('Common to all', [1]),
      }),
      fieldTools: count('Field tools', [5]),
      counts: named('What catalogues count besides', 'names of counts of the catalogues in play', {
        description: 'a number, a share, or an expression over other counts: meters.electric.total * 5%',
        type: ['number', 'string'],
      }),
    },
    { examples: [{ meters: 10_000 }] },
  );
}

/** Parts that stand in several places. */
const LINK: Schema = { title: 'Link', $ref: '#/$defs/link' };
const TECHNOLOGY: Schema = { title: 'Technology', $ref: '#/$defs/technology' };

function link(bareNumbers: boolean): Schema {
  const rate = (title: string) =>
    quantity(title, 'a rate: 100 kbit/s, 1 Mbit/s, or unlimited', ['100 kbit/s', '1 Mbit/s'], bareNumbers);
  const oneRate = rate('Rate');
  const numbers = (title: string, description: string, items: Schema, examples: readonly unknown[]): Schema => ({
    title,
    description,
    type: 'array',
    minItems: 1,
    maxItems: 64,
    items,
    examples,
  });
  const bytes = quantity('Bytes that may wait', 'a size: 1 MB, or unlimited', ['1 MB', 'unlimited'], bareNumbers);
  return map('Link', 'technology with stack; or rate, delay, overhead and duplex; and more', {
    technology: {
      title: 'Technology',
      description: 'a name that fanplan technologies lists, or {like: a name, and what differs}',
      anyOf: [{ type: 'string', minLength: 1 }, TECHNOLOGY],
      examples: ['wi-sun-fsk-150', { like: 'wi-sun-fsk-150', loss: { frame: '10%' } }],
    },
    stack: text('Protocols, outer layer first', 'layers with / between them, or none: ipv6/udp/dtls/coap', [
      'ipv6/udp/dtls/coap',
      'none',
    ]),
    distance: quantity('Length of the link', 'a length: 300 m, 5 km', ['5 km'], bareNumbers),
    hidden: share('Share of pairs of endpoints that do not hear each other', ['10%']),
    meshRings: numbers(
      'Shares of the endpoints one hop away, two, and so on',
      'a list of shares that add up to 100%: [50%, 30%, 20%]',
      share('Share of the endpoints'),
      [['50%', '30%', '20%']],
    ),
    sectors: {
      title: 'Places of a mesh where frames may be on the air at one time',
      description: 'a whole number from 1 to 1000',
      type: 'integer',
      minimum: 1,
      maximum: 1000,
    },
    sessions: choice('Whether keep-alives and set-ups after outages count', ['ignore', 'persistent']),
    rate: {
      title: 'Rate',
      description: 'a rate: 100 kbit/s, unlimited, or {up, down}',
      anyOf: [
        oneRate,
        map('Rate of each direction', 'up and down', {
          up: rate('Towards the utility'),
          down: rate('Towards the field'),
        }),
      ],
    },
    delay: quantity('Propagation and processing', 'a time: 5 ms', ['5 ms'], bareNumbers),
    overhead: quantity('Bytes added to each message', 'a size: 60 B', ['60 B', 0], bareNumbers),
    buffer: {
      title: 'What may wait',
      description: 'a size (1 MB), a number of messages (20 messages), {size, messages}, or unlimited',
      anyOf: [
        { ...bytes, examples: ['1 MB', '20 messages', 'unlimited'] },
        map(
          'Both bounds',
          'size and messages',
          {
            size: bytes,
            messages: {
              title: 'Messages that may wait',
              description: 'a whole number from 0 to 1000000000',
              type: 'integer',
              minimum: 0,
              maximum: 1e9,
            },
          },
          { minProperties: 1 },
        ),
      ],
    },
    keep: quantity(
      'What waits longer is discarded',
      'a time: 12 hr, or unlimited',
      ['12 hr', 'unlimited'],
      bareNumbers,
    ),
    quantum: quantity(
      'Bytes after which another message may go first, under priority and fair',
      'a size: 1500 B, or unlimited',
      ['1500 B', 'unlimited'],
      bareNumbers,
    ),
    duplex: choice('Whether both directions share one channel', ['full', 'half']),
    discipline: choice('Order of waiting messages', ['fifo', 'priority', 'fair']),
    weights: numbers(
      'Shares of the priority classes under fair, the most urgent first',
      'a list of numbers above 0: [8, 4, 2, 1]',
      { description: 'a number above 0', type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
      [[8, 4, 2, 1]],
    ),
    forwards: choice('When what comes from another link is sent on', ['messages', 'frames']),
  });
}

function occurrence(bareNumbers: boolean, more: Schema): Schema {
  return {
    name: text('Name', 'a name for the results'),
    at: text(
      'When',
      'a clock time (14:00), a local date and time (2026-07-15 14:00), or a time after the start (30 hr)',
      ['14:00', '2026-07-15 14:00', '30 hr'],
    ),
    share: share('Share of those concerned'),
    spread: quantity('Within which time all follow', 'a time: 30 s', ['30 s', '15 min'], bareNumbers),
    ...more,
  };
}

/** How a master goes through its devices. */
function asking(bareNumbers: boolean): Readonly<Record<string, Schema>> {
  return {
    concurrency: {
      title: 'Devices at a time in each area',
      description: 'a whole number from 1 to 10000',
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      examples: [1, 4],
    },
    timeout: quantity('After which a device is asked again, or given up', 'a time: 2 s', ['2 s'], bareNumbers),
    retries: times('How often a device is asked again'),
  };
}

function times(title: string): Schema {
  return { title, description: 'a whole number from 0 to 100', type: 'integer', minimum: 0, maximum: 100 };
}

function events(bareNumbers: boolean): Schema {
  const steps = choice('When messages with a deadline after the event are sent', ['in turn', 'at once']);
  const event = map(
    'Occurrence',
    'at, share, spread, steps and name; for a campaign concurrency, timeout and retries',
    occurrence(bareNumbers, { steps, ...asking(bareNumbers) }),
    { required: ['at'] },
  );
  const outage = map(
    'Outage',
    'at, share, duration, spread, holdUp and name; of links: of, at, duration, areasOf, areas, members and name',
    occurrence(bareNumbers, {
      duration: quantity('Until power, or the link, is back', 'a time: 1 hr', ['1 hr'], bareNumbers),
      holdUp: quantity('How long a meter lives on stored energy', 'a time: 60 s', ['60 s'], bareNumbers),
      of: text('Links that are out', 'a network (NAN) or a data flow (1Ca)', ['WAN', '1Ca']),
      areasOf: choice('Only the links of these areas are out', AREAS_OF),
      areas: {
        title: 'Areas whose links are out',
        description: 'a share of the areas, or a list of their numbers: [1, 2]',
        type: ['number', 'string', 'array'],
        items: { type: 'integer', minimum: 1, description: 'the number of an area, from 1' },
        examples: ['20%', [1, 2]],
      },
      members: share('Share of the premises or members of an area whose own links are out', ['25%']),
    }),
    { required: ['at'] },
  );
  return {
    title: 'Events',
    description: 'a list of outages and of occurrences of events of the catalogue',
    type: 'array',
    maxItems: 1000,
    items: {
      title: 'Event',
      description:
        'outage: {at, share, duration, spread}, or dr-event, firmware-campaign, or a name of the catalogue: {at, share, spread}',
      type: 'object',
      minProperties: 1,
      properties: {
        outage,
        event: text('Event of the catalogue', 'a name; fanplan catalogue lists them'),
        ...occurrence(bareNumbers, { steps, ...asking(bareNumbers) }),
      },
      additionalProperties: event,
    },
    examples: [[{ outage: { at: '14:00', share: '20%', duration: '1 hr', spread: '30 s' } }]],
  };
}

function retry(bareNumbers: boolean): Schema {
  return map(
    'Repetition by the application',
    'timeout and times',
    {
      timeout: quantity('After which it is sent again', 'a time: 30 s', ['30 s'], bareNumbers),
      times: times('How often at most'),
    },
    { required: ['timeout'] },
  );
}

function forwarding(bareNumbers: boolean): Schema {
  const types = names('Types of payloads that stop there', 'a list of payload types', ['resp-data']);
  return {
    ...named('Forwarding', 'actors such as DAP or Head-End with how they forward', {
      description: 'at once, {batch: 64 kB, age: 15 min}, or {hold: until asked by a payload}',
      anyOf: [
        { const: 'at once' },
        map('Batches', 'batch, age, hold and types', {
          batch: quantity('Application bytes that go on together', 'a size: 64 kB', ['64 kB'], bareNumbers),
          age: quantity('They go on so long after the first', 'a time: 15 min', ['15 min'], bareNumbers),
          hold: text('Until when they wait', 'until asked by a payload', ['until asked by on-demand_Mtr-read_cmd']),
          types,
        }),
      ],
    }),
    examples: [{ DAP: { batch: '64 kB', age: '15 min' } }],
  };
}

function availability(bareNumbers: boolean): Schema {
  const upTime: Schema = {
    title: 'Availability',
    description: 'a share (99.9%), or {mtbf: 60 days, mttr: 4 hr}',
    anyOf: [
      share('Share of the time', ['99.9%']),
      map(
        'Failures and repairs',
        'mtbf and mttr',
        {
          mtbf: quantity('Mean time from a repair to the next failure', 'a time: 60 days', ['60 days'], bareNumbers),
          mttr: quantity('Mean time to repair', 'a time: 4 hr', ['4 hr'], bareNumbers),
        },
        { required: ['mtbf', 'mttr'] },
      ),
    ],
  };
  return {
    title: 'Availability',
    description: 'technologies, or a map of networks, data flows and nodes with their availability',
    anyOf: [
      { const: 'technologies' },
      {
        ...named('Availability', 'networks, data flows and nodes, each with its availability', upTime),
        properties: {
          technologies: { title: 'Others have the availability of their technology', type: 'boolean' },
          nodes: named('Nodes', 'actors such as DAP with their availability', upTime),
        },
      },
    ],
    examples: ['technologies', { WAN: { mtbf: '60 days', mttr: '4 hr' }, nodes: { DAP: '99.95%' } }],
  };
}

function overrides(bareNumbers: boolean): Schema {
  return map('Override', 'what to change of one payload', {
    perDay: {
      title: 'Messages per device and day',
      description: 'a number, or a rate: 25/1000, 6 per day, 1 per hour',
      type: ['number', 'string'],
      examples: [24, '25/1000'],
    },
    size: quantity('Application bytes', 'a size: 1600 B', ['1600 B'], bareNumbers),
    latency: quantity('Latency budget', 'a time: 15 s', ['15 s'], bareNumbers),
    reliability: share('Required share within the budget', ['99.5%']),
    range: choice('End of printed ranges', ['least', 'mid', 'most']),
    arrivals: choice('How messages come', ['poisson', 'periodic']),
    phase: choice('Phases of periodic devices', ['random', 'synchronised']),
    spread: quantity('Within which time synchronised devices send', 'a time: 30 s', ['30 s'], bareNumbers),
    after: quantity('Between a delivery and its answer', 'a time: 2 min', ['2 min'], bareNumbers),
    when: {
      title: 'Daily windows',
      description: '24x7, 8AM - 8PM, or several with commas: 05:00 - 09:00, 15:00 - 19:00',
      type: 'string',
      examples: ['24x7', '8AM - 8PM'],
    },
    retry: retry(bareNumbers),
    polling: map('Polling', 'concurrency, timeout and retries', asking(bareNumbers)),
    priority: {
      title: 'Class of its messages, 0 the most urgent',
      description: 'a whole number from 0 to 7',
      type: 'integer',
      minimum: 0,
      maximum: 7,
    },
    off: { title: 'Leave it out', type: 'boolean' },
  });
}

function named(title: string, description: string, values: Schema): Schema {
  return { title, description, type: 'object', additionalProperties: values };
}

function names(title: string, description: string, examples: readonly string[]): Schema {
  return {
    title,
    description,
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string' },
    examples: [examples],
  };
}

/**
 * @param bareNumbers  true: a number may stand where a unit is needed (for the loader, which reports it better)
 * @param technologies false: what they hold is not looked at
 */
export function buildScenarioSchema(bareNumbers: boolean, technologies = true): Schema {
  const useCases = names('Use cases', 'a list of ids or names of use cases', ['meter-reading', 'service-switch']);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: { link: link(bareNumbers), technology: technologies ? looseTechnologySchema(figureTextSchema) : {} },
    ...map(
      'fanplan scenario',
      'a map of keys: name, profile, deployment and more',
      {
        fanplan: { title: 'Version of this format', description: `${SCENARIO_VERSION}`, const: SCENARIO_VERSION },
        name: text('Name', 'a name for the results', ['First look']),
        description: text('Description', 'a text'),
        seed: {
          title: 'Seed of the random streams',
          description: 'a text or a number',
          type: ['string', 'number'],
          examples: [1, 'storm-2'],
        },
        replications: {
          title: 'Replications',
          description: 'a whole number from 1 to 1000',
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        },
        catalogues: {
          ...names('Catalogues', 'a list of names that fanplan catalogue list shows, or of folders of your own', [
            'sg-network',
            './my-catalogue',
          ]),
        },
        profile: text('Deployment profile', 'a code such as AHEM3CvIW, DCSIRsF or AHEM3CvIW+DCSIRsF', [
          'AHEM3CvIW+DCSIRsF',
          'none',
        ]),
        useCases: {
          title: 'Use cases',
          description: 'all, or a list of ids or names',
          anyOf: [{ const: 'all' }, useCases],
        },
        load: choice('PAP02 load case', ['baseload', 'highload']),
        range: choice('Which end of printed ranges is taken', ['least', 'mid', 'most']),
        deployment: deployment(),
        backhaul: map(
          'Backhaul of the DAPs',
          'shares of W, IW and IIW that add up to 100%',
          {
            W: share('Head-end to DAP over the WAN (1Ca)'),
            IW: share('Over an internet or extranet gateway and the WAN (1Cba + 1Cc)'),
            IIW: share('Over the internet and its exchange with the WAN (1Cba + 1Cb)'),
          },
          { minProperties: 1, examples: [{ W: '40%', IW: '60%' }] },
        ),
        links: {
          ...named('Links', 'settings by network (NAN), by data flow (1Ca), or for all', LINK),
          properties: { all: LINK },
          examples: [{ NAN: { rate: '100 kbit/s', delay: '5 ms' } }],
        },
        technologies: {
          ...named(
            'Technologies',
            'names of your own with rates, framing, access, delay and loss, or with like and what differs',
            TECHNOLOGY,
          ),
          propertyNames: {
            pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
            description: 'small letters, digits and hyphens, e.g. my-radio',
          },
          examples: [{ 'my-radio': { like: 'pmp-narrowband', loss: { frame: '5%' } } }],
        },
        start: text('Local start', 'a date, with or without a time: 2026-07-15 or 2026-07-15 06:00', [
          '2026-07-15',
          '2026-07-15 06:00',
        ]),
        timeZone: text('IANA time zone', 'UTC, America/New_York, Europe/Berlin and the like', ['America/New_York']),
        duration: quantity('Duration', 'a time: 1 day, 36 hr', ['1 day', '36 hr'], bareNumbers),
        warmUp: {
          title: 'Days run first and discarded',
          description: 'auto, none, or a number of days: 2 days',
          type: ['string', 'number'],
          examples: ['auto', 'none', '2 days'],
        },
        events: events(bareNumbers),
        forwarding: forwarding(bareNumbers),
        retries: named(
          'Repetition by the application',
          'payload types with timeout and times each',
          retry(bareNumbers),
        ),
        availability: availability(bareNumbers),
        fallback: map(
          'Backhaul to which DAPs change when theirs is down',
          'W, IW or IIW with another of them',
          {
            W: choice('Instead of W', ['IW', 'IIW']),
            IW: choice('Instead of IW', ['W', 'IIW']),
            IIW: choice('Instead of IIW', ['W', 'IW']),
          },
          { minProperties: 1, examples: [{ W: 'IW' }] },
        ),
        dsdr: map('DSDR period of each day at highload', 'from and to', {
          from: text('Begin', 'a clock time: 13:00', ['13:00']),
          to: text('End', 'a clock time: 19:00', ['19:00']),
        }),
        missing: named('Values that the source leaves open', 'names of the catalogue with a number each', {
          description: 'a number in the unit of the catalogue',
          type: ['number', 'string'],
        }),
        eventRates: named('How often events occur', 'events of the catalogue with a rate each', {
          description: 'a number per year, or a rate: 12 per year, 1 per month',
          type: ['number', 'string'],
        }),
        payloads: named('Overrides', 'payload names or flow ids with what to change', overrides(bareNumbers)),
        only: names('Only these payloads', 'a list of payload names or flow ids', ['on-demand_Mtr-read_cmd']),
        growth: {
          title: 'Forecast for fanplan size',
          description: 'from, to, and keys of the scenario with a percentage per year or a table of years',
          type: 'object',
          examples: [{ from: 2026, to: 2041, 'deployment.meters': '3%', 'han.premises': { 2026: 1500, 2030: 4000 } }],
        },
        choices: named('Choices between alternatives of the catalogue', 'a choice with its alternative', {
          description: 'the name of an alternative',
          type: 'string',
        }),
      },
      { required: ['name', 'deployment'] },
    ),
  };
}

/** For editors: `fanplan schema` prints it. */
export const scenarioSchema = buildScenarioSchema(false);
