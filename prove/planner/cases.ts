/** Networks whose size is proved: every kind of ladder, load cases with and without events. Small: a proof takes seconds. */
import type { ScenarioText } from '../../scenarios/load.js';

/** Share of a link's busy hour that stays free. */
export const HEADROOM = 0.3;

export interface SizingCase {
  readonly what: string;
  readonly source: ScenarioText;
  readonly vary: readonly string[];
  readonly loads: readonly string[];
}

const PIPES = '  NAN: { rate: 20 kbit/s, delay: 5 ms }\n  WAN: { rate: 100 kbit/s, delay: 20 ms }';
const MESH =
  '  NAN: { technology: wi-sun-fsk-50, discipline: priority }\n  WAN: { rate: 1 Mbit/s, delay: 40 ms, discipline: priority }';
const STORM =
  'events:\n  - outage: { at: 14:00, share: 25%, duration: 1 hr, spread: 30 s, holdUp: 60 s, name: storm }\n';

function town(name: string, links: string, more = '', meters = 400): ScenarioText {
  const text = `name: ${name}
profile: ACvW
useCases: [meter-reading, meter-events, orm]
deployment: { meters: ${meters}, daps: 4 }
start: 2026-07-15 12:00
duration: 6 hr
warmUp: none
links:
${links}
${more}`;
  return { file: `${name}.yaml`, text };
}

export const SIZING_CASES: readonly SizingCase[] = [
  { what: 'a rate', source: town('rate', PIPES), vary: ['NAN.rate'], loads: ['baseload', 'highload'] },
  { what: 'two rates', source: town('two-rates', PIPES), vary: ['NAN.rate', 'WAN.rate'], loads: ['baseload'] },
  {
    what: 'a rate under a power outage',
    source: town('outage', PIPES, STORM),
    vary: ['NAN.rate'],
    loads: ['baseload', 'storm'],
  },
  {
    what: 'endpoints per DAP behind a slow backhaul',
    source: town(
      'backhaul',
      '  NAN: { rate: 100 kbit/s, delay: 5 ms }\n  WAN: { rate: 2 kbit/s, delay: 20 ms }',
      '',
      1200,
    ),
    vary: ['endpointsPerDap'],
    loads: ['baseload'],
  },
  { what: 'technologies', source: town('technologies', MESH), vary: ['NAN.technology'], loads: ['baseload'] },
];
