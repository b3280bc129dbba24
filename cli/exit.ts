import { AccessError, formatDiagnostic, InputError } from '../base/diagnostics.js';

export const ExitCode = {
  done: 0,
  /** The network fails its requirements (`--judge`). */
  failed: 1,
  usage: 2,
  access: 3,
  fault: 70,
  interrupted: 130,
} as const;

export class InterruptedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InterruptedError';
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return ExitCode.usage;
  if (error instanceof AccessError) return ExitCode.access;
  if (error instanceof InterruptedError) return ExitCode.interrupted;
  return ExitCode.fault;
}

/** Says what went wrong on standard error; only a fault of fanplan's own shows a stack. */
export function reportFault(error: unknown): void {
  if (error instanceof InputError) {
    const count = error.diagnostics.length;
    console.error(error.diagnostics.map(formatDiagnostic).join('\n\n'));
    if (count > 1) console.error(`\n${count} problems`);
  } else if (error instanceof AccessError || error instanceof InterruptedError) {
    console.error(error.message);
  } else {
    console.error('This is a fault of fanplan itself, not of your input. Please report it with the lines below.');
    console.error(error instanceof Error ? error.stack : error);
  }
}
