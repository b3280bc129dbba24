/** What a chart of a study is called; the study gives the words. */
import type { PictureHead } from './chart.js';

export type Words = Pick<PictureHead, 'name' | 'title' | 'description'>;

/** `The 20 with the largest swing of 34.` before the description, where not all are drawn. */
export function withScope(description: string, shown: number, all: number, which: string): string {
  return shown < all ? `The ${shown} ${which} of ${all}. ${description}` : description;
}
