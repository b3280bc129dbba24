/** Runs one replication of a case in a thread of the pool (see run.ts): only its name crosses. */
import { caseNamed } from './cases.js';

export interface Task {
  readonly name: string;
  readonly replication: number;
  readonly reference: boolean;
}

export default function run({ name, replication, reference }: Task): readonly number[] {
  const found = caseNamed(name);
  return reference ? found.reference!(replication) : found.simulate(replication);
}
