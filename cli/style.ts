import pc from 'picocolors';

const DEFAULT_WIDTH = 100;

/** Colours for a stream: none when it is not a terminal or NO_COLOR is set. */
export function terminalStyle(stream: NodeJS.WriteStream) {
  const colors = pc.createColors(stream.isTTY === true && pc.isColorSupported);
  return {
    width: stream.columns || DEFAULT_WIDTH, // some terminals report 0
    good: colors.green,
    bad: colors.red,
    warn: colors.yellow,
    strong: colors.bold,
    faint: colors.dim,
  };
}
