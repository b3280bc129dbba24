import { foldBlanks } from '../../payloads/grammar/text.js';
import { type Layout, PAYLOAD_COLUMNS } from './columns.js';
import type { Places } from './places.js';
import type { RequirementRow } from './requirement-rows.js';

/** What the sheet of payloads says of one. */
export interface PayloadFacts {
  readonly attributes: string;
  readonly lics: string;
  readonly cia: string;
}

/**
 * Facts by payload name. Reported are payloads that stand twice or in no requirement, and types that the requirements
 * contradict.
 */
export function payloadFacts(
  { sheet, head, at }: Layout<typeof PAYLOAD_COLUMNS>,
  requirements: readonly RequirementRow[],
  places: Places,
): Map<string, PayloadFacts> {
  const facts = new Map<string, PayloadFacts>();
  const typeOf = new Map(requirements.map((row) => [row.texts.payload, row.texts.type]));
  sheet.rows.forEach((cells, row) => {
    if (row <= head || cells.every((cell) => cell.trim() === '')) return;
    const text = (key: keyof typeof PAYLOAD_COLUMNS) => foldBlanks(at[key] === undefined ? '' : (cells[at[key]] ?? ''));
    const report = (
      key: keyof typeof PAYLOAD_COLUMNS,
      code: 'DUPLICATE' | 'CONFLICT' | 'UNKNOWN_NAME',
      message: string,
    ) => places.report(sheet, row, at[key] ?? -1, PAYLOAD_COLUMNS[key].title, { code, message, found: text(key) });
    const payload = text('payload');
    const type = typeOf.get(payload);
    if (facts.has(payload)) report('payload', 'DUPLICATE', 'the payload stands here twice');
    if (type === undefined) report('payload', 'UNKNOWN_NAME', 'no requirement is of this payload');
    else if (type.toLowerCase() !== text('type').toLowerCase() && text('type') !== '')
      report('type', 'CONFLICT', `the requirements say ${type}`);
    facts.set(payload, { attributes: text('attributes'), lics: text('lics'), cia: text('cia') });
  });
  return facts;
}
