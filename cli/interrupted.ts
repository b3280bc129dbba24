import type { Workplace } from '../studies/runner/workplace.js';
import { InterruptedError } from './exit.js';

/** What a stopped study leaves. @param count of the finished replications, where it is known of how many */
export function interrupted({ found, unfinished }: Workplace, count?: string): InterruptedError {
  if (found === 0) return new InterruptedError('interrupted before a replication was finished; nothing is written');
  const finished = count ?? `${found} replications`;
  return new InterruptedError(
    `interrupted: ${finished} are finished and kept in ${unfinished}; the same command goes on from there`,
  );
}
