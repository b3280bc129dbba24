import { SingleBar } from 'cli-progress';

export interface Progress {
  /** @param fraction 0..1 */
  update(fraction: number): void;
  stop(): void;
}

const PLAIN_STEP = 0.25;
/** Before this fraction threads and code are still warming up, and a time to go would be a guess. */
const TOO_EARLY = 0.03;
const UNKNOWN = 'time to go unknown yet';

/** A bar on a terminal; elsewhere a plain line every quarter; nothing when quiet. Always on standard error. */
export function progressOf(label: string, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  if (!process.stderr.isTTY) return plainLines(label);
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% | {duration_formatted} so far, {left}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  const startedMs = performance.now();
  bar.start(1000, 0, { left: UNKNOWN });
  return {
    update: (fraction) => {
      const leftS = ((performance.now() - startedMs) / 1000) * (1 / fraction - 1);
      bar.update(Math.floor(fraction * 1000), { left: fraction < TOO_EARLY ? UNKNOWN : `${Math.ceil(leftS)}s to go` });
    },
    stop: () => bar.stop(),
  };
}

function plainLines(label: string): Progress {
  let next = PLAIN_STEP;
  return {
    update: (fraction) => {
      while (fraction >= next && next < 1) {
        console.error(`${label}: ${Math.round(next * 100)}%`);
        next += PLAIN_STEP;
      }
    },
    stop: () => undefined,
  };
}
