import pc from 'picocolors';

/** Colours for a stream: none when it is not a terminal or NO_COLOR is set. */
export function terminalStyle(stream: NodeJS.WriteStream) {
  const colors = pc.createColors(stream.isTTY === true && pc.isColorSupported);
  return {
    width: stream.columns ?? 100,
    good: colors.green,
    bad: colors.red,
    warn: colors.yellow,
    strong: colors.bold,
    faint: colors.dim,
  };
}
