/** A catalogue of one use case in a few lines, for tests that change some of them. */

const LISTS = {
  'populations.yaml': `
- { name: ElectrMtr, aliases: [ElecMtr], actors: [Meter], count: meters.electric.total, description: electric meters }
- { name: DAPjm, actors: [DAPjm], count: daps, description: concentrators }
`,
  'events.yaml': `
- { name: lost-power, aliases: [lost-power-event, fault event], scope: device, perYear: { least: 1, most: 2 }, source: "assumption: SAIFI" }
- { name: tou-price, aliases: [TOU price event], scope: system, perYear: 4, source: "4.14" }
- { name: switch-operation, aliases: [SW oper per day], scope: device, perYear: 18.25, source: "4.21" }
`,
  'missing.yaml': `
- { name: bulkFileMB, value: 5, unit: MB, reason: files of the test }
- { name: reads, value: 25, unit: per 1000, reason: as elsewhere }
`,
  'mappings.yaml': `
distributionAutomation: [{ scenario: Feeder Line Device Alarm, useCases: [reading] }]
updateMethods: [{ device: Meter, program: true, firmware: true, casts: [unicast] }]
actorAliases: { Field Tools: Field Tool }
`,
};

export const ACTORS = ['Meter', 'DAPjm', 'Head-End', 'MDMS', 'NMS', 'Field Tool'];

/** A row of `reading.yaml` with the cells that are given in place of the usual ones; more keys follow the cells. */
export function row(
  payload: string,
  cells: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): string {
  const texts = {
    baseload: 'X',
    highload: 'X',
    from: 'MDMS',
    to: 'Meter',
    reliability: '> 98%',
    latency: '< 15 sec',
    when: '24x7',
    howOften: '25 per 1000 per | ElectrMtr per | day',
    size: '25',
    ...cells,
  };
  return [
    `      - payload: ${payload}`,
    '        type: cmd',
    '        attributes: Meter ID',
    '        cells:',
    ...Object.entries(texts).map(([name, text]) => `          ${name}: ${JSON.stringify(text)}`),
    ...more.map((line) => `        ${line}`),
  ].join('\n');
}

/** The text of a use case with one scenario of these rows. */
export function useCase(rows: readonly string[], payloads = '  {}'): string {
  return `catalogue: 1
system: Test
source: none
useCase: { id: reading, name: Meter Reading, section: "4.1", prerequisites: [], thirdParty: true }
payloads:
${payloads}
scenarios:
  - section: "4.1.4.1"
    title: Reads
    rows:
${rows.join('\n')}
`;
}

/** The files of a catalogue; `files` are added or replace one. */
export function files(rows: readonly string[], more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { 'reading.yaml': useCase(rows), ...LISTS, ...more };
}
