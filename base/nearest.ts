import { distance } from 'fastest-levenshtein';

/**
 * The valid name closest to what was typed, or undefined when nothing is close.
 * Case and punctuation are ignored first (`ahem3cviw`, `Mtr_read`), then the edit distance decides; a name further away
 * than a third of its length (at least 2) is no help and is not offered. Of names equally far one of the same letters goes
 * first: they were swapped. O(names × length²).
 */
export function nearestName(found: string, names: Iterable<string>): string | undefined {
  const target = fold(found);
  const typed = letters(target);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(target.length / 3)) + 1;
  for (const name of names) {
    const folded = fold(name);
    // Half a step: it decides between equal distances only.
    const d = distance(target, folded) - (letters(folded) === typed ? 0.5 : 0);
    if (d < bestDistance) {
      best = name;
      bestDistance = d;
    }
  }
  return best;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function letters(folded: string): string {
  return [...folded].sort().join('');
}
