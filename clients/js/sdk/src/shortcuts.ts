import { IntervenClient, type ScanRequest } from './client.js';
import type { GateOptions, Permit } from './gate.js';
import type { GuardOptions } from './guard.js';

let shared: IntervenClient | undefined;

/** The client that the environment describes. */
const fromEnvironment = (): IntervenClient => shared ??= new IntervenClient();

/** {@link IntervenClient.gate} with the client that the environment describes, or the one given. */
export const gate = (request: ScanRequest, options: GateOptions & { client?: IntervenClient } = {}): Promise<Permit> =>
  (options.client ?? fromEnvironment()).gate(request, options);

/** {@link IntervenClient.guard} with the client that the environment describes, or the one given. */
export const guard = <A extends unknown[], R>(
  fn: (...args: A) => R | Promise<R>, options: GuardOptions & { client?: IntervenClient } = {},
): ((...args: A) => Promise<Awaited<R>>) => (options.client ?? fromEnvironment()).guard(fn, options);
