import type { DaDecisions } from '../types.js';

interface DaProfile {
  readonly code: string;
  /** In table 5.4.3; the others follow from the decision list of section 4.20.3. */
  readonly printed: boolean;
  readonly decisions: DaDecisions;
}

/**
 * All 12 distribution profiles. `D`, control (`C` | `D`), then for centralized control the network (`S` D-SCADA | `A` AMI),
 * the management of the network gear (`I` | `A`) and the path. Where AMI is network and path (`AD`) its management is AMI
 * too, and the code has one letter less; so has decentralized control, where D-SCADA is implied.
 */
const DA_PROFILES: readonly DaProfile[] = [
  printed('DCSIRsF', 'centralized', 'd-scada', 'independent', 'RsF', 'Via WAN via RTU via subFANGway'),
  printed('DCSIW', 'centralized', 'd-scada', 'independent', 'W', 'Via WAN'),
  printed('DCSARsF', 'centralized', 'd-scada', 'ami', 'RsF', 'Via WAN via RTU via subFANGway & via DAP'),
  printed('DDIsF', 'decentralized', 'd-scada', 'independent', 'sF', 'Via WAN via DAC via subFANGway'),
  printed('DDARsF', 'decentralized', 'd-scada', 'ami', 'RsF', 'Via WAN via RTU via DAC via subFANGway & DAP'),
  printed('DDAAD', 'decentralized', 'ami', 'ami', 'AD', 'Via subFANGway & DAP'),
  derived('DCSIfF', 'centralized', 'd-scada', 'independent', 'fF', 'Via WAN via fieldFANGway'),
  derived('DCSAfF', 'centralized', 'd-scada', 'ami', 'fF', 'Via WAN via fieldFANGway & via DAP'),
  derived('DCAAD', 'centralized', 'ami', 'ami', 'AD', 'Via DAP'),
  derived('DDIfF', 'decentralized', 'd-scada', 'independent', 'fF', 'Via WAN via DAC via fieldFANGway'),
  derived('DDAfF', 'decentralized', 'd-scada', 'ami', 'fF', 'Via WAN via DAC via fieldFANGway & DAP'),
  derived('DDIW', 'decentralized', 'd-scada', 'independent', 'W', 'Via WAN via DAC'),
];

type Words = [
  code: string,
  control: DaDecisions['control'],
  scada: DaDecisions['scada'],
  management: DaDecisions['management'],
  path: DaDecisions['path'],
  pathWords: string,
];

function printed(...words: Words): DaProfile {
  return { ...derived(...words), printed: true };
}

function derived(...[code, control, scada, management, path, pathWords]: Words): DaProfile {
  return { code, printed: false, decisions: { control, scada, management, path, pathWords } };
}

/** The code of distribution decisions, or undefined when no profile has this combination. The path's words do not count. */
export function encodeDa(wanted: DaDecisions): string | undefined {
  return DA_PROFILES.find(
    ({ decisions }) =>
      decisions.control === wanted.control &&
      decisions.scada === wanted.scada &&
      decisions.management === wanted.management &&
      decisions.path === wanted.path,
  )?.code;
}

/** The decisions of a distribution code, or undefined when it is none. */
export function decodeDa(code: string): DaDecisions | undefined {
  return DA_PROFILES.find((profile) => profile.code === code)?.decisions;
}

/** All 12, the printed ones first. */
export function allDa(): DaDecisions[] {
  return DA_PROFILES.map((profile) => profile.decisions);
}

/** `5.4.3` for the six codes that the table prints. */
export function daTable(code: string): string | undefined {
  return DA_PROFILES.some((profile) => profile.code === code && profile.printed) ? '5.4.3' : undefined;
}
