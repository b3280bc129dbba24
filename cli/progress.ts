import { SingleBar } from 'cli-progress';

export interface Progress {
  /** @param fraction 0..1 */
  update(fraction: number): void;
  stop(): void;
}

const PLAIN_STEP = 0.25;

/** A bar on a terminal; elsewhere a plain line every quarter; nothing when quiet. Always on standard error. */
export function progressOf(label: string, quiet: boolean): Progress {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  if (!process.stderr.isTTY) return plainLines(label);
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% | {duration_formatted} so far, {eta_formatted} to go`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(1000, 0);
  return { update: (fraction) => bar.update(Math.floor(fraction * 1000)), stop: () => bar.stop() };
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
