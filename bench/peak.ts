/**
 * Loaded before a program (`node --import`): at its end writes the peak of its resident memory, in MiB, to the file that
 * BENCH_PEAK_FILE names. All threads of a process count together.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['BENCH_PEAK_FILE'];
if (file !== undefined && isMainThread) {
  process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
}
