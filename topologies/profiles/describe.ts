import type { DeploymentProfile } from '../types.js';

const ESI_WORDS = {
  none: 'na',
  EM: 'InMtr',
  E3: '3rdPty',
  EM3: 'InMtr, 3rdPty',
  EU: 'Utility',
  EU3: 'Utility, 3rdPty',
};
const CIS_WORDS = { direct: 'direct', mdms: 'via MDMS' };
const BACKHAUL_WORDS = {
  W: 'via WAN',
  IW: 'via InterExtranetGway via WAN',
  IIW: 'via InterExtranetGway via Internet via WAN',
};
const CONTROL_WORDS = { centralized: 'Centralized', decentralized: 'Decentralized' };
const SCADA_WORDS = { 'd-scada': 'D-SCADA', ami: 'AMI' };
const MANAGEMENT_WORDS = { independent: 'Independent', ami: 'AMI' };

/** The decisions of a profile under the headings and in the words of tables 5.4.1 to 5.4.3. */
export function describeProfile({
  ami,
  da,
}: DeploymentProfile): { readonly decision: string; readonly words: string }[] {
  const rows: { decision: string; words: string }[] = [];
  if (ami !== undefined) {
    rows.push(
      { decision: 'REP', words: ami.rep ? 'Yes' : 'No' },
      { decision: 'HAN', words: ami.han ? 'Yes' : 'No' },
      { decision: 'ESI', words: ESI_WORDS[ami.esi] },
      { decision: 'CIS to AMI Head-End', words: CIS_WORDS[ami.cis] },
      { decision: 'AMI Head-End to DAP', words: BACKHAUL_WORDS[ami.backhaul] },
    );
  }
  if (da !== undefined) {
    rows.push(
      { decision: 'Centralized or Decentralized Apps', words: CONTROL_WORDS[da.control] },
      { decision: 'Using SCADA or AMI networks', words: SCADA_WORDS[da.scada] },
      { decision: 'Using Independent or AMI Mgt of network gear', words: MANAGEMENT_WORDS[da.management] },
      { decision: 'DAC/DMS comm. to Fdr Line Devices', words: da.pathWords },
    );
  }
  return rows;
}
