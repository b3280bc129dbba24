/** A command line of these words, quoted for a POSIX shell where needed. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`)).join(' ');
}
