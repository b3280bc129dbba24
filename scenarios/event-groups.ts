/**
 * What happens in a grid is several events of the catalogue at once: an outage, for those who lose power and for the
 * DAPs on batteries. A scenario may name the whole.
 */
export interface EventGroup {
  /** Events of the catalogue when it begins. */
  readonly begins: readonly string[];
  /** Events when it is over. */
  readonly ends: readonly string[];
}

export const OUTAGE: EventGroup = {
  begins: ['lost-power', 'transformer-power-lost', 'system-power-outage'],
  ends: ['power-returned', 'transformer-power-restored'],
};

/** Groups without a duration, by the key of a scenario's `events`. */
export const EVENT_GROUPS: Readonly<Record<string, EventGroup>> = {
  'dr-event': {
    begins: ['dr-event-lms-utility', 'dr-event-dsm-utility', 'dr-event-lms-rep', 'dr-event-dsm-rep'],
    ends: [],
  },
  'firmware-campaign': { begins: ['metrology-firmware-update'], ends: [] },
};
