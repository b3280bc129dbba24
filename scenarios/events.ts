import { nearestTo } from '../base/nearest.js';
import type { KeyPath } from '../base/yaml.js';
import type { EventKind } from '../payloads/types.js';
import { CAMPAIGNS, EVENT_GROUPS } from './event-groups.js';
import { readAsking } from './polling.js';
import type { ScenarioReader } from './reader.js';
import { secondsIntoRun } from './time.js';
import {
  AREAS_OF,
  type Asking,
  type LinkOutage,
  type PowerOutage,
  type Scenario,
  type ScenarioEvent,
} from './types.js';

const CAMPAIGN_KEYS = ['concurrency', 'timeout', 'retries'];
const OWN_KEYS = ['outage', 'event', 'name', 'at', 'share', 'spread', 'steps', ...CAMPAIGN_KEYS];
/** Keys of an outage of power, and of links. */
const POWER_KEYS = ['share', 'spread', 'holdUp'];
const LINK_KEYS = ['of', 'areasOf', 'areas', 'members'];

/**
 * The list of events: `outage: {...}` of power or, with `of`, of links; `<event of the catalogue, or group of events>:
 * {...}`; or `event: <name>` with its settings beside it.
 * @param links networks and data flows
 */
export function readEvents(
  reader: ScenarioReader,
  kinds: readonly EventKind[],
  links: readonly string[],
  time: Scenario['time'],
): ScenarioEvent[] {
  const events = reader.items(['events']).flatMap((_, i) => {
    const event = readEvent(reader, ['events', i], kinds, links, time, i + 1);
    return event === undefined ? [] : [event];
  });
  const names = new Set<string>();
  events.forEach(({ name }, i) => {
    if (names.has(name))
      reader.report(['events', i], { code: 'DUPLICATE', message: 'two events have the same name', found: name });
    names.add(name);
  });
  return events;
}

function readEvent(
  reader: ScenarioReader,
  path: KeyPath,
  kinds: readonly EventKind[],
  links: readonly string[],
  time: Scenario['time'],
  number: number,
): ScenarioEvent | undefined {
  const keys = reader.keys(path);
  if (keys.length === 0) return undefined;
  const what = keys.filter((key) => key === 'outage' || key === 'event' || !OWN_KEYS.includes(key));
  if (what.length !== 1 || (what[0] !== 'event' && keys.length > 1)) {
    const allowed = 'outage: {at: 14:00}, or an event of the catalogue: {at: 14:00}';
    reader.report(path, {
      code: what.length === 0 ? 'MISSING_KEY' : 'CONFLICT',
      message:
        what.length === 0
          ? 'this does not say which event it is'
          : 'each item of the list is one event with its settings inside',
      found: keys.join(', '),
      allowed,
    });
    return undefined;
  }
  const key = what[0]!;
  if (key === 'outage') {
    return reader.has([...path, key, 'of'])
      ? readLinkOutage(reader, [...path, key], links, time, number)
      : readOutage(reader, [...path, key], time, number);
  }
  const inline = key === 'event';
  const text = inline ? reader.text([...path, key]) : key;
  const at = inline ? path : [...path, key];
  const event = text === undefined ? undefined : eventName(reader, [...path, key], text, kinds, !inline);
  const campaign = readCampaign(reader, at, event);
  const own = readOccurrence(reader, at, time, `${event ?? key} ${number}`, campaign === undefined ? '' : 'campaign');
  if (event === undefined || own === undefined) return undefined;
  const steps = reader.oneOf([...at, 'steps'], ['in turn', 'at once'] as const) ?? 'in turn';
  return { kind: 'occurrence', event, ...own, steps, ...(campaign === undefined ? {} : { campaign }) };
}

/** An event is a campaign when the file says how it goes through the devices, or when nobody does it otherwise. */
function readCampaign(reader: ScenarioReader, path: KeyPath, event: string | undefined): Asking | undefined {
  const given = CAMPAIGN_KEYS.filter((key) => reader.has([...path, key]));
  if (reader.has([...path, 'spread'])) {
    if (given.length > 0)
      reader.report([...path, 'spread'], {
        code: 'CONFLICT',
        message: 'a campaign takes one device after the other, at their own pace',
        found: ['spread', ...given].join(', '),
        allowed: `spread (all begin within it), or ${CAMPAIGN_KEYS.join(', ')}`,
        atKey: true,
      });
    return undefined;
  }
  if (given.length === 0 && (event === undefined || !CAMPAIGNS.includes(event))) return undefined;
  return readAsking(reader, path, {
    concurrency: 'events.*.concurrency',
    timeout: 'events.*.timeout',
    retries: 'events.*.retries',
  });
}

/** A group of events that the catalogue has some of, or one event. */
function eventName(
  reader: ScenarioReader,
  path: KeyPath,
  text: string,
  kinds: readonly EventKind[],
  atKey: boolean,
): string | undefined {
  const groups = Object.keys(EVENT_GROUPS).filter((group) =>
    EVENT_GROUPS[group]!.begins.some((event) => kinds.some(({ name }) => name === event)),
  );
  if (groups.includes(text)) return text;
  return eventKind(reader, path, text, kinds, atKey, atKey ? ['outage', ...groups] : groups)?.name;
}

function readOutage(
  reader: ScenarioReader,
  path: KeyPath,
  time: Scenario['time'],
  number: number,
): PowerOutage | undefined {
  const own = readOccurrence(reader, path, time, `outage ${number}`, 'outage');
  const durationS = readDuration(reader, path);
  const holdUpS = reader.has([...path, 'holdUp'])
    ? reader.quantity([...path, 'holdUp'], 'time')
    : reader.defaultNumber('events.*.outage.holdUpS');
  refuse(reader, path, LINK_KEYS, 'of says which links are out: without it, power is');
  if (own === undefined || durationS === undefined || holdUpS === undefined) return undefined;
  return { kind: 'outage', durationS, holdUpS, ...own };
}

/** `outage: {of: 1Ca, at: 14:00, duration: 1 hr, areas: 20%}`. */
function readLinkOutage(
  reader: ScenarioReader,
  path: KeyPath,
  links: readonly string[],
  time: Scenario['time'],
  number: number,
): LinkOutage | undefined {
  const of = reader.text([...path, 'of']);
  const known = of !== undefined && reader.knows([...path, 'of'], of, links, 'a network or data flow');
  const atS = readAt(reader, [...path, 'at'], time);
  const durationS = readDuration(reader, path);
  const areas = readAreas(reader, [...path, 'areas']);
  const members = reader.has([...path, 'members']) ? reader.quantity([...path, 'members'], 'share') : 1;
  refuse(reader, path, POWER_KEYS, 'an outage of links sends nothing by itself');
  if (!known || atS === undefined || durationS === undefined || areas === undefined) return undefined;
  if (members === undefined) return undefined;
  const name = reader.text([...path, 'name']) ?? `outage ${number}`;
  const areasOf = reader.oneOf([...path, 'areasOf'], AREAS_OF);
  return { kind: 'links', name, of, atS, durationS, areas, members, ...(areasOf === undefined ? {} : { areasOf }) };
}

function readDuration(reader: ScenarioReader, path: KeyPath): number | undefined {
  return reader.has([...path, 'duration'])
    ? reader.quantity([...path, 'duration'], 'time', { positive: true })
    : reader.defaultNumber('events.*.outage.durationS');
}

function readAreas(reader: ScenarioReader, path: KeyPath): LinkOutage['areas'] | undefined {
  if (!reader.has(path)) return reader.defaultNumber('events.*.outage.areas');
  const numbers = reader.items(path).filter((item): item is number => typeof item === 'number');
  return numbers.length > 0 ? numbers : reader.quantity(path, 'share');
}

function refuse(reader: ScenarioReader, path: KeyPath, keys: readonly string[], message: string): void {
  for (const key of keys) {
    if (!reader.has([...path, key])) continue;
    const allowed = keys === LINK_KEYS ? POWER_KEYS : LINK_KEYS;
    reader.report([...path, key], {
      code: 'CONFLICT',
      message,
      found: key,
      allowed: ['at', 'duration', 'name', ...allowed].join(', '),
      atKey: true,
    });
  }
}

/** Name, time, share and spread; the defaults of outages are their own, and campaigns have no spread. */
function readOccurrence(
  reader: ScenarioReader,
  path: KeyPath,
  time: Scenario['time'],
  name: string,
  sort: 'outage' | 'campaign' | '',
) {
  const defaults = sort === 'outage' ? 'outage.' : '';
  const share = reader.has([...path, 'share'])
    ? reader.quantity([...path, 'share'], 'share')
    : reader.defaultNumber(`events.*.${defaults}share`);
  const spreadS = reader.has([...path, 'spread'])
    ? reader.quantity([...path, 'spread'], 'time')
    : sort === 'campaign'
      ? 0
      : reader.defaultNumber(`events.*.${defaults}spreadS`);
  const atS = readAt(reader, [...path, 'at'], time);
  if (share === undefined || spreadS === undefined || atS === undefined) return undefined;
  return { name: reader.text([...path, 'name']) ?? name, atS, share, spreadS };
}

function readAt(reader: ScenarioReader, path: KeyPath, time: Scenario['time']): number | undefined {
  const text = reader.text(path);
  if (text === undefined) {
    // `event: name` has its settings beside it, where the schema cannot ask for `at`.
    if (path.length === 3 && !reader.has(path)) {
      reader.report(path, { code: 'MISSING_KEY', message: 'at is missing', allowed: 'a clock time: 14:00' });
    }
    return undefined;
  }
  const atS = reader.try(path, () => secondsIntoRun(text, time));
  if (atS === undefined || (atS >= 0 && atS < time.durationS)) return atS;
  reader.report(path, {
    code: 'OUT_OF_RANGE',
    message: `this is ${atS < 0 ? 'before the start' : 'after the end'} of the run`,
    found: text,
    allowed: `from ${time.startLocal.replace('T', ' ')} on, for ${time.durationS / 3600} hours`,
  });
  return undefined;
}

/** An event by its name, or by a text of the source that means it. `others`: what else may stand in its place. */
export function eventKind(
  reader: ScenarioReader,
  path: KeyPath,
  text: string,
  kinds: readonly EventKind[],
  atKey: boolean,
  others: readonly string[] = [],
): EventKind | undefined {
  const folded = text.replace(/\s+/g, ' ').trim();
  const found = kinds.find(({ name, aliases }) => name === folded || aliases.includes(folded));
  if (found !== undefined) return found;
  const names = [...others, ...kinds.map(({ name }) => name)];
  reader.report(path, {
    code: 'UNKNOWN_NAME',
    message: `${text} is not an event of the catalogue`,
    found: text,
    allowed: names.join(', '),
    ...nearestTo(text, names),
    atKey,
  });
  return undefined;
}
