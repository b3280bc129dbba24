/** Under which loads a network is tried: the PAP02 load cases, and events that the scenario names. */
import { InputError } from '../../base/diagnostics.js';
import { nearestTo } from '../../base/nearest.js';
import type { Scenario } from '../../scenarios/types.js';

export interface LoadCase {
  /** `baseload`, `highload`, or the name of an event. */
  readonly name: string;
  /** The scenario under this load. */
  of(scenario: Scenario): Scenario;
  /** What it means, for the assumptions. */
  readonly meaning: string;
}

/**
 * Reads `baseload,highload,storm`. `baseload` and `highload` are days without the scenario's events; an event's name is
 * the scenario's own load with this event and no other.
 * @param names undefined: the scenario as it is, all its events included
 * @throws InputError UNKNOWN_NAME
 */
export function loadCases(scenario: Scenario, names: readonly string[] | undefined, option = '--load'): LoadCase[] {
  if (names === undefined) {
    const events = scenario.events.length;
    const with_ = events === 0 ? '' : `, with its ${events} events`;
    return [{ name: scenario.load, of: (one) => one, meaning: `as the scenario says${with_}` }];
  }
  return [...new Set(names)].map((name) => {
    if (name === 'baseload' || name === 'highload') return ordinaryDay(name, scenario);
    if (scenario.events.some((event) => event.name === name)) return eventDay(name, scenario);
    const known = ['baseload', 'highload', ...scenario.events.map((event) => event.name)];
    throw new InputError([
      {
        code: 'UNKNOWN_NAME',
        file: option,
        path: '',
        message: `${name} is neither a load case nor an event of the scenario`,
        found: name,
        allowed: known.join(', '),
        ...nearestTo(name, known),
      },
    ]);
  });
}

function ordinaryDay(load: 'baseload' | 'highload', { events }: Scenario): LoadCase {
  return {
    name: load,
    of: (scenario) => withLoad({ ...scenario, events: [] }, load),
    meaning: `PAP02 ${load}${events.length === 0 ? '' : ', without the events of the scenario'}`,
  };
}

function eventDay(name: string, { load }: Scenario): LoadCase {
  return {
    name,
    of: (scenario) => ({ ...scenario, events: scenario.events.filter((event) => event.name === name) }),
    meaning: `PAP02 ${load} with the event ${name} and no other`,
  };
}

function withLoad(scenario: Scenario, load: 'baseload' | 'highload'): Scenario {
  return { ...scenario, load, defaults: scenario.defaults.filter(({ key }) => key !== 'load') };
}
