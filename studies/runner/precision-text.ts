import { InputError } from '../../base/diagnostics.js';
import { nearestName } from '../../base/nearest.js';
import { BadValue } from '../../scenarios/bad-value.js';
import type { ScenarioContext } from '../../scenarios/load.js';
import { parseQuantity } from '../../scenarios/quantity.js';
import type { Precision, Statistic } from '../../sim/precision.js';

const ALLOWED = "'ci(p95) < 5%', 'ci(mean) < 2%', or with payloads: 'ci(p99, on-demand_Mtr-read_cmd) < 10%'";
const STATISTICS: readonly Statistic[] = ['mean', 'p50', 'p95', 'p99', 'p99.9'];
const FORM = /^ci\s*\(\s*([^,)\s]+)\s*(?:,([^)]*))?\)\s*<=?\s*(\S.*)$/;

/** What a bound may name. */
export type PrecisionNames = Pick<ScenarioContext, 'payloadNames' | 'flowIds'>;

/** `ci(p95) < 5%`, `ci(mean, PAYLOAD, FLOW) < 2%`, with names of any of the scenarios. @throws InputError SYNTAX, UNKNOWN_NAME, OUT_OF_RANGE */
export function readPrecision(text: string, names: readonly PrecisionNames[], option = '--until'): Precision {
  const fail = (
    code: 'SYNTAX' | 'UNKNOWN_NAME' | 'OUT_OF_RANGE',
    message: string,
    found: string,
    allowed: string,
    nearest?: string,
  ): never => {
    throw new InputError([
      { code, file: option, path: '', message, found, allowed, ...(nearest === undefined ? {} : { nearest }) },
    ]);
  };
  const form = FORM.exec(text.trim());
  if (form === null) return fail('SYNTAX', 'this is no bound on a confidence interval', text, ALLOWED);
  const statistic = STATISTICS.find((one) => one === form[1]);
  if (statistic === undefined) {
    return fail(
      'UNKNOWN_NAME',
      'there is no such statistic',
      form[1]!,
      STATISTICS.join(', '),
      nearestName(form[1]!, STATISTICS),
    );
  }
  const selected = (form[2] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = [...new Set(names.flatMap(({ payloadNames, flowIds }) => [...payloadNames, ...flowIds]))];
  for (const name of selected) {
    if (known.includes(name)) continue;
    fail(
      'UNKNOWN_NAME',
      'there is no such payload or flow',
      name,
      'what fanplan catalogue lists',
      nearestName(name, known),
    );
  }
  try {
    const share = parseQuantity(form[3]!, 'share', { positive: true });
    return { text: text.trim(), statistic, names: selected, share };
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return fail('OUT_OF_RANGE', error.problem.message, form[3]!, 'a share above 0: 5% or 0.05');
  }
}
