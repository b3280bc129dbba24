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
  let begunAt: number | undefined; // what was done before, by an earlier attempt, tells nothing about the pace
  return {
    update: (fraction) => {
      begunAt ??= fraction;
      const own = (fraction - begunAt) / (1 - begunAt);
      const leftS = ((performance.now() - startedMs) / 1000) * (1 / own - 1);
      bar.update(Math.floor(fraction * 1000), { left: own >= TOO_EARLY ? `${timeText(leftS)} to go` : UNKNOWN });
    },
    stop: () => bar.stop(),
  };
}

/** `42s`, `3min`, `1h 20min`: rounded up. */
export function timeText(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)}s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes}min` : `${Math.floor(minutes / 60)}h ${minutes % 60}min`;
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
