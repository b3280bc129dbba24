import type { AmiDecisions } from '../types.js';

/** Parts of an AMI profile: REP, then HAN with its ESI option, then CIS to head-end, then head-end to DAP. */
export const ESI_OPTIONS = ['none', 'EM', 'E3', 'EM3', 'EU', 'EU3'] as const satisfies readonly AmiDecisions['esi'][];
export const CIS_OPTIONS = ['direct', 'mdms'] as const satisfies readonly AmiDecisions['cis'][];
export const BACKHAULS = ['W', 'IW', 'IIW'] as const satisfies readonly AmiDecisions['backhaul'][];

const AMI_CODE = /^A(R?)(?:H(EM3|EU3|EM|EU|E3))?C([dv])(IIW|IW|W)$/;

/** `A` [`R`] [`H` ESI option] (`Cd` | `Cv`) backhaul, e.g. `ARHEM3CvIW`. */
export function encodeAmi(decisions: AmiDecisions): string {
  const han = decisions.esi === 'none' ? '' : `H${decisions.esi}`;
  return `A${decisions.rep ? 'R' : ''}${han}C${decisions.cis === 'direct' ? 'd' : 'v'}${decisions.backhaul}`;
}

/** The decisions of an AMI code, or undefined when it is none. */
export function decodeAmi(code: string): AmiDecisions | undefined {
  const match = AMI_CODE.exec(code);
  if (match === null) return undefined;
  const esi = (match[2] ?? 'none') as AmiDecisions['esi'];
  return {
    rep: match[1] === 'R',
    han: esi !== 'none',
    esi,
    cis: match[3] === 'd' ? 'direct' : 'mdms',
    backhaul: match[4] as AmiDecisions['backhaul'],
  };
}

/** All 72: without and with REP; no HAN and the five ESI options; direct before MDMS; W, IW, IIW. */
export function allAmi(): AmiDecisions[] {
  return [false, true].flatMap((rep) =>
    ESI_OPTIONS.flatMap((esi) =>
      CIS_OPTIONS.flatMap((cis) => BACKHAULS.map((backhaul) => ({ rep, han: esi !== 'none', esi, cis, backhaul }))),
    ),
  );
}

/**
 * The table that prints an AMI code: 5.4.1 has neither REP nor HAN; 5.4.2 has HAN with the in-meter and third-party
 * interfaces and the backhaul IW.
 */
export function amiTable(decisions: AmiDecisions): string | undefined {
  if (!decisions.rep && decisions.esi === 'none') return '5.4.1';
  const esiPrinted = decisions.esi === 'EM' || decisions.esi === 'E3' || decisions.esi === 'EM3';
  return esiPrinted && decisions.backhaul === 'IW' ? '5.4.2' : undefined;
}
