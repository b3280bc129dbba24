/** What a command prints on standard output while it runs. */
export function printed(command: () => void): string {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => {
    lines.push(line);
  };
  try {
    command();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
