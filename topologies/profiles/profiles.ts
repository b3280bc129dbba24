/** Deployment profiles of section 4.20.3: 72 AMI, 12 distribution (DA) and their 864 combinations. */
import { InputError } from '../../base/diagnostics.js';
import { nearestTo } from '../../base/nearest.js';
import type { Problem } from '../../base/yaml.js';
import type { AmiDecisions, DaDecisions, DeploymentProfile } from '../types.js';
import { allAmi, amiTable, decodeAmi, encodeAmi } from './ami.js';
import { allDa, daTable, decodeDa, encodeDa } from './da.js';

/** Neither AMI nor DA: for systems that have their own actors only. Not one of the 948. */
export const NO_PROFILE = 'none';

let cached: readonly DeploymentProfile[] | undefined;

/** All 948: 72 AMI, 12 DA, then every AMI profile with every DA profile. Built once. */
export function allProfiles(): readonly DeploymentProfile[] {
  cached ??= [
    ...allAmi().map((ami) => profileOf(ami, undefined)),
    ...allDa().map((da) => profileOf(undefined, da)),
    ...allAmi().flatMap((ami) => allDa().map((da) => profileOf(ami, da))),
  ];
  return cached;
}

/**
 * The code of a profile's decisions: `AHEM3CvIW`, `DCSIRsF`, or both joined by `+`.
 * @throws RangeError when no profile has these decisions
 */
export function encodeProfile({ ami, da }: Pick<DeploymentProfile, 'ami' | 'da'>): string {
  const daCode = da === undefined ? undefined : encodeDa(da);
  if (da !== undefined && daCode === undefined)
    throw new RangeError(`no distribution profile is ${JSON.stringify(da)}`);
  if (ami !== undefined && ami.han !== (ami.esi !== 'none'))
    throw new RangeError(`a HAN and its ESI go together: ${ami.esi}`);
  const codes = [ami === undefined ? undefined : encodeAmi(ami), daCode].filter((code) => code !== undefined);
  if (codes.length === 0) throw new RangeError('a profile has an AMI part, a DA part, or both');
  return codes.join('+');
}

/**
 * The profile of a code.
 * @throws InputError (UNKNOWN_NAME) with the nearest code
 */
export function decodeProfile(code: string): DeploymentProfile {
  const profile = findProfile(code);
  if (profile === undefined) throw new InputError([{ file: '<object>', path: 'profile', ...unknownProfile(code) }]);
  return profile;
}

/** The profile of a code (`none` included), or undefined. */
export function findProfile(code: string): DeploymentProfile | undefined {
  if (code === NO_PROFILE) return { code, kind: 'none', printed: false, tables: [] };
  const parts = code.split('+');
  if (parts.length === 1) {
    const ami = decodeAmi(code);
    const da = decodeDa(code);
    return ami === undefined && da === undefined ? undefined : profileOf(ami, da);
  }
  const ami = decodeAmi(parts[0]!);
  const da = decodeDa(parts[1]!);
  return parts.length > 2 || ami === undefined || da === undefined ? undefined : profileOf(ami, da);
}

/** What to say about a code that is none. */
export function unknownProfile(code: string): Problem {
  return {
    code: 'UNKNOWN_NAME',
    message: 'there is no such deployment profile',
    found: code,
    allowed:
      'an AMI code (A[R][HEM|HE3|HEM3|HEU|HEU3](Cd|Cv)(W|IW|IIW)), a DA code (DCSIRsF, ...), or both joined by +',
    ...nearestTo(
      code,
      allProfiles().map((profile) => profile.code),
    ),
  };
}

function profileOf(ami: AmiDecisions | undefined, da: DaDecisions | undefined): DeploymentProfile {
  const code = encodeProfile({ ...(ami === undefined ? {} : { ami }), ...(da === undefined ? {} : { da }) });
  const wanted = [...(ami === undefined ? [] : [amiTable(ami)]), ...(da === undefined ? [] : [daTable(encodeDa(da)!)])];
  const tables = wanted.filter((table) => table !== undefined);
  return {
    code,
    kind: ami === undefined ? 'DA' : da === undefined ? 'AMI' : 'AMI+DA',
    ...(ami === undefined ? {} : { ami }),
    ...(da === undefined ? {} : { da }),
    printed: tables.length === wanted.length,
    tables,
  };
}
