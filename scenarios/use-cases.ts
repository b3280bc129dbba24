import { nearestTo } from '../base/nearest.js';
import type { UseCase } from '../payloads/types.js';
import type { ScenarioReader } from './reader.js';
import type { Scenario } from './types.js';

type Selection = Pick<Scenario, 'useCases' | 'pulledIn'>;

/** The chosen use cases and their prerequisites, by id, in the order of the catalogue. */
export function readUseCases(reader: ScenarioReader, catalogue: readonly UseCase[]): Selection {
  const path = ['useCases'];
  if (!reader.has(path)) reader.defaultOf('useCases');
  if (!reader.has(path) || reader.value(path) === 'all') {
    return { useCases: catalogue.map((useCase) => useCase.id), pulledIn: [] };
  }
  const fold = (text: string) => text.toLowerCase().trim();
  const chosen = reader.items(path).flatMap((item, i) => {
    if (typeof item !== 'string') return [];
    const found = catalogue.find(({ id, name }) => fold(id) === fold(item) || fold(name) === fold(item));
    if (found !== undefined) return [found.id];
    const ids = catalogue.map((useCase) => useCase.id);
    reader.report([...path, i], {
      code: 'UNKNOWN_NAME',
      message: `${item} is not a use case`,
      found: item,
      allowed: ids.join(', '),
      ...nearestTo(item, [...ids, ...catalogue.map((useCase) => useCase.name)]),
    });
    return [];
  });
  return withPrerequisites(chosen, catalogue);
}

/**
 * Adds the prerequisites of use cases, theirs, and so on. `by` names the use case that asked first, breadth first in the
 * order given.
 */
export function withPrerequisites(chosen: readonly string[], catalogue: readonly UseCase[]): Selection {
  const included = new Set(chosen);
  const pulledIn: { useCase: string; by: string }[] = [];
  // A set is visited in the order of insertion, and what is added on the way is visited as well.
  for (const by of included) {
    for (const useCase of catalogue.find(({ id }) => id === by)?.prerequisites ?? []) {
      if (included.has(useCase)) continue;
      included.add(useCase);
      pulledIn.push({ useCase, by });
    }
  }
  return { useCases: catalogue.map(({ id }) => id).filter((id) => included.has(id)), pulledIn };
}
