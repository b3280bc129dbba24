/** What a thread of the engine does, one task after the other: replications of its own, and parts of those of a team. */
import { parentPort } from 'node:worker_threads';
import { loaded } from '../base/threads.js';
import { type ReplicationTask, reportOf } from './replication-task.js';
import { runPart, type TeamTask } from './team-task.js';

parentPort?.on('message', (task: ReplicationTask | TeamTask) => {
  if ('rank' in task) runPart(task, (report, transfer) => parentPort!.postMessage(report, transfer));
  else parentPort!.postMessage(reportOf(task));
});
loaded();
