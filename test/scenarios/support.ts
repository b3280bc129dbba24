import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import { loadScenario, type ScenarioContext } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';

/** A world small enough to be seen at once; names and prerequisites are those of the real one. */
export const context: ScenarioContext = {
  profileCodes: ['ACvIW', 'AHEM3CvIW', 'ARHEM3CvIW', 'DCSIRsF', 'AHEM3CvIW+DCSIRsF'],
  needProfile: ['sg-network'],
  counts: [],
  useCases: [
    {
      id: 'cust-info',
      name: 'Cust. Info / Messaging',
      section: '4.3',
      prerequisites: ['meter-reading'],
      thirdParty: true,
    },
    { id: 'dr-dlc', name: 'DR-DLC', section: '4.6', prerequisites: ['cust-info'], thirdParty: true },
    { id: 'meter-reading', name: 'Meter Reading', section: '4.10', prerequisites: [], thirdParty: true },
    { id: 'price', name: 'Price', section: '4.14', prerequisites: ['dr-dlc'], thirdParty: true },
  ],
  payloadNames: ['on-demand_Mtr-read_cmd', 'Mtr-read_multi-interval-data_resp-data', 'FeederSensor_sensor_data_cmd'],
  flowIds: ['4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas'],
  actorNames: ['DAPjm', 'AMI Head-End(j)', 'MDMS', '2-Way Meter - Electr'],
  networkNames: ['LAN', 'WAN', 'NAN'],
  dataFlowRefs: ['1Ca', '1D'],
  dataFlowNetworks: { '1Ca': 'WAN', '1D': 'NAN' },
  eventNames: [
    { name: 'lost-power', aliases: ['lost-power-event'], scope: 'device', perYear: { least: 1, most: 2 }, source: '' },
    { name: 'fault', aliases: [], scope: 'device', perYear: { least: 1, most: 3 }, source: '' },
    { name: 'metrology-firmware-update', aliases: [], scope: 'system', perYear: { least: 2, most: 2 }, source: '' },
  ],
  missing: [
    { name: 'bulkFileMB', value: 2, unit: 'MB', reason: '' },
    { name: 'stepsPerFault', value: 3, unit: '', reason: '' },
  ],
  choices: { 'fcir-control': ['dms', 'dac-sub', 'dac-regional'] },
};

export const SIX_LINES = 'name: a\nprofile: ACvIW\ndeployment:\n  meters: 10000\n';

export function load(text: string): Scenario {
  return loadScenario({ text, file: 'a.yaml' }, context);
}

/** What is wrong with a text; empty when nothing is. */
export function diagnose(text: string): readonly Diagnostic[] {
  try {
    load(text);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}

/** `line:column path CODE nearest` of each diagnostic. */
export function places(text: string): string[] {
  return diagnose(text).map((d) => `${d.line}:${d.column} ${d.path} ${d.code} ${d.nearest ?? ''}`.trimEnd());
}
