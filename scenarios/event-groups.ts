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
  'load-shed': {
    begins: [
      'vol-load-shed-lms-utility',
      'vol-load-shed-dsm-utility',
      'vol-load-shed-lms-rep',
      'vol-load-shed-dsm-rep',
      'vol-load-shed-broadcast-lms-utility',
      'vol-load-shed-broadcast-dsm-utility',
      'vol-load-shed-broadcast-lms-rep',
      'vol-load-shed-broadcast-dsm-rep',
    ],
    ends: [],
  },
  'tou-price': {
    begins: ['tou-price-lms-utility', 'tou-price-dsm-utility', 'tou-price-lms-rep', 'tou-price-dsm-rep'],
    ends: [],
  },
  'cpp-event': {
    begins: ['cpp-price-lms-utility', 'cpp-price-dsm-utility', 'cpp-price-lms-rep', 'cpp-price-dsm-rep'],
    ends: [],
  },
  'firmware-campaign': { begins: ['metrology-firmware-update'], ends: [] },
};

/** Groups that go through their devices one after the other unless the scenario gives a spread. */
export const CAMPAIGNS: readonly string[] = ['firmware-campaign'];
