/** How many replications a command asks for. */
import { InputError } from '../base/diagnostics.js';
import type { SimulateOptions } from '../pipeline.js';
import { type PrecisionNames, readPrecision } from '../studies/runner/precision-text.js';

/** Below that an interval is hardly worth deciding by. */
const LEAST = 5;
/** Where it stops when nothing is said: twenty times more only shrink an interval to a quarter. */
const MOST = 100;

export interface ReplicationWords {
  readonly replications?: number;
  readonly replication?: number;
  readonly until?: string;
}

/**
 * @param names payloads and flows of the scenarios, which --until may name
 * @throws InputError for options that contradict each other
 */
export function replicationOptions(
  words: ReplicationWords,
  names: readonly PrecisionNames[],
): Pick<SimulateOptions, 'numbers' | 'until'> {
  const { replications, replication, until } = words;
  if (replication !== undefined) {
    if (until !== undefined || replications !== undefined) {
      throw conflict(
        '--replication',
        'is one replication and leaves no number to choose',
        'without --until and --replications',
      );
    }
    return { numbers: [replication] };
  }
  if (until === undefined) return {};
  const precision = readPrecision(until, names);
  const most = replications ?? MOST;
  if (most < 2) throw conflict('--replications', 'an interval needs two replications', 'at least 2 with --until');
  return { until: { precision, least: Math.min(LEAST, most), most } };
}

function conflict(option: string, message: string, allowed: string): InputError {
  return new InputError([{ code: 'CONFLICT', file: option, path: '', message, allowed }]);
}
