import { scenarioSchema } from '../scenarios/schema.js';

export function schema(): void {
  console.log(JSON.stringify(scenarioSchema, null, 2));
}
