import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { load, places, SIX_LINES } from './support.js';

const H = 3600;
const events = (items: string, more = '') => load(`${SIX_LINES}${more}events:\n${items}`).events;
const atS = (at: string, more = '') => events(`  - outage: { at: ${at} }\n`, more)[0]!.atS;

const list = suite('events');

list('an outage has its share, duration and spread', () => {
  assert.equal(events('  - outage: { at: 14:00, share: 20%, duration: 1 hr, spread: 30 s, name: storm }\n'), [
    { kind: 'outage', name: 'storm', atS: 14 * H, durationS: H, share: 0.2, spreadS: 30, holdUpS: 60 },
  ]);
});

list('an occurrence is named by its event, by an alias, or with its settings beside it', () => {
  const expected = (n: number) => ({
    kind: 'occurrence',
    event: 'lost-power',
    name: `lost-power ${n}`,
    atS: 14 * H,
    share: 1,
    spreadS: 0,
    steps: 'in turn',
  });
  assert.equal(
    events(
      '  - lost-power: { at: 14:00 }\n  - lost-power-event: { at: 14:00 }\n  - event: lost-power\n    at: 14:00\n',
    ),
    [expected(1), expected(2), expected(3)],
  );
});

list('a group of events is named like one event', () => {
  const [campaign] = events('  - firmware-campaign: { at: 02:00, share: 50%, spread: 4 hr }\n');
  assert.equal(campaign, {
    kind: 'occurrence',
    event: 'firmware-campaign',
    name: 'firmware-campaign 1',
    atS: 2 * H,
    share: 0.5,
    spreadS: 4 * H,
    steps: 'in turn',
  });
});

list('a group of which the catalogue has no event is unknown', () => {
  assert.equal(places(`${SIX_LINES}events:\n  - dr-event: { at: 14:00 }\n`), ['6:5 events[0].dr-event UNKNOWN_NAME']);
});

list('defaults of outages are their own', () => {
  const [outage] = events('  - outage: { at: 14:00 }\n');
  assert.equal(outage, {
    kind: 'outage',
    name: 'outage 1',
    atS: 14 * H,
    durationS: H,
    share: 0.1,
    spreadS: 10,
    holdUpS: 60,
  });
});

list('an event is a campaign when it says how it goes through the devices; a firmware campaign always is', () => {
  const [given, own] = events(
    '  - lost-power: { at: 01:00, concurrency: 4, timeout: 10 min, retries: 0 }\n  - firmware-campaign: { at: 01:00 }\n',
  ).map((event) => (event.kind === 'occurrence' ? event.campaign : undefined));
  assert.equal(given, { concurrency: 4, timeoutS: 600, retries: 0 });
  assert.equal(own, { concurrency: 1, timeoutS: H, retries: 3 });
});

list('a campaign has no spread', () => {
  assert.equal(places(`${SIX_LINES}events:\n  - lost-power: { at: 14:00, concurrency: 4, spread: 1 hr }\n`), [
    '6:46 events[0].lost-power.spread CONFLICT',
  ]);
});

list('an outage with `of` is of links, in a share of the areas or in some of them', () => {
  const [share, some] = events(
    '  - outage: { of: 1Ca, at: 14:00, duration: 10 min, areas: 20% }\n  - outage: { of: NAN, at: 15:00, areas: [2, 5] }\n',
  );
  assert.equal(share, {
    kind: 'links',
    name: 'outage 1',
    of: '1Ca',
    atS: 14 * H,
    durationS: 600,
    areas: 0.2,
    members: 1,
  });
  assert.equal(some, {
    kind: 'links',
    name: 'outage 2',
    of: 'NAN',
    atS: 15 * H,
    durationS: H,
    areas: [2, 5],
    members: 1,
  });
});

list('an outage of links sends no last gasps, and one of power knows no links', () => {
  assert.equal(
    places(
      `${SIX_LINES}events:\n  - outage: { of: NAM, at: 14:00, share: 20% }\n  - outage: { at: 15:00, areas: 20% }\n`,
    ),
    [
      '6:19 events[0].outage.of UNKNOWN_NAME NAN',
      '6:35 events[0].outage.share CONFLICT',
      '7:26 events[1].outage.areas CONFLICT',
    ],
  );
});

list.run();

const at = suite('events: at');

at('a clock time is the first at or after the start', () => {
  assert.is(atS('14:00', 'start: 2026-07-15 06:00\n'), 8 * H);
  assert.is(atS('2PM', 'start: 2026-07-15 06:00\n'), 8 * H);
  assert.is(atS('06:00', 'start: 2026-07-15 06:00\n'), 0);
  assert.is(atS('05:00', 'start: 2026-07-15 06:00\n'), 23 * H);
});

at('a date is meant as it stands', () => {
  assert.is(atS('2026-07-16 14:00', 'duration: 2 days\n'), 38 * H);
});

at('a time counts from the start', () => {
  assert.is(atS('30 hr', 'duration: 2 days\n'), 30 * H);
});

at('on the day when clocks go back, the afternoon is an hour later', () => {
  const fall = 'start: 2026-11-01\ntimeZone: America/New_York\n';
  assert.is(atS('14:00', fall), 15 * H);
  assert.is(atS('01:30', fall), 1.5 * H);
});

at.run();
