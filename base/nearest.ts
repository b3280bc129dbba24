import { distance } from 'fastest-levenshtein';

/**
 * The valid name closest to what was typed, or undefined when nothing is close.
 * Case and punctuation are ignored first (`ahem3cviw`, `Mtr_read`), then the edit distance decides; a name further away
 * than a third of its length (at least 2) is no help and is not offered. Of names equally far the one that is nearest as
 * typed, case and punctuation counted, goes first. O(names × length²).
 */
export function nearestName(found: string, names: Iterable<string>): string | undefined {
  const target = fold(found);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(target.length / 3)) + 1;
  let bestAsTyped = 0;
  for (const name of names) {
    const d = distance(target, fold(name));
    if (d > bestDistance || (d === bestDistance && best === undefined)) continue;
    const asTyped = distance(found, name);
    if (d === bestDistance && asTyped >= bestAsTyped) continue;
    best = name;
    bestDistance = d;
    bestAsTyped = asTyped;
  }
  return best;
}

/** `nearestName` as a part of a diagnostic: nothing where nothing is close. */
export function nearestTo(found: string, names: Iterable<string>): { nearest?: string } {
  const nearest = nearestName(found, names);
  return nearest === undefined ? {} : { nearest };
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
