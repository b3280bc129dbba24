/** Masters that ask one device after the other, and applications that send again. */
import type { KeyPath } from '../base/yaml.js';
import { PAYLOAD_TYPES } from '../payloads/schema.js';
import type { ScenarioReader } from './reader.js';
import type { Asking, Retry, Scenario } from './types.js';

/**
 * Devices at a time, timeout and repetitions. What the file does not say has the defaults under these keys.
 * @returns undefined when the timeout is wrong, which is reported
 */
export function readAsking(
  reader: ScenarioReader,
  path: KeyPath,
  defaults: { readonly concurrency: string; readonly timeout: string; readonly retries: string },
): Asking | undefined {
  const timeoutS = reader.has([...path, 'timeout'])
    ? reader.quantity([...path, 'timeout'], 'time', { positive: true })
    : reader.defaultNumber(defaults.timeout);
  if (timeoutS === undefined) return undefined;
  return {
    concurrency: reader.number([...path, 'concurrency']) ?? reader.defaultNumber(defaults.concurrency),
    timeoutS,
    retries: reader.number([...path, 'retries']) ?? reader.defaultNumber(defaults.retries),
  };
}

/** `polling: {concurrency: 1, timeout: 2 s, retries: 1}` of a payload. */
export function readPolling(reader: ScenarioReader, path: KeyPath): Asking | undefined {
  if (!reader.has(path)) return undefined;
  const of = (key: string) => `payloads.*.polling.${key}`;
  return readAsking(reader, path, { concurrency: of('concurrency'), timeout: of('timeout'), retries: of('retries') });
}

/** `retry: {timeout: 30 s, times: 3}`. */
export function readRetry(reader: ScenarioReader, path: KeyPath): Retry | undefined {
  const timeoutS = reader.quantity([...path, 'timeout'], 'time', { positive: true });
  if (timeoutS === undefined) return undefined;
  return { timeoutS, times: reader.number([...path, 'times']) ?? reader.defaultNumber('retries.*.times') };
}

/** `retries: {alarm: {timeout: 30 s, times: 3}}`, by payload type. */
export function readRetries(reader: ScenarioReader): Scenario['retries'] {
  const allowed = { allowed: PAYLOAD_TYPES.join(', '), atKey: true };
  const read = reader.keys(['retries']).flatMap((type) => {
    const path = ['retries', type];
    if (!reader.knows(path, type, PAYLOAD_TYPES, 'a payload type', allowed)) return [];
    const retry = readRetry(reader, path);
    return retry === undefined ? [] : [[type, retry] as const];
  });
  return Object.fromEntries(read);
}
