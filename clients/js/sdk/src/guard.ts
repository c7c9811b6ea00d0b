import type { IntervenClient, ScanRequest } from './client.js';
import { ConfigurationError, UnscannableError } from './errors.js';
import type { GateOptions, Permit } from './gate.js';
import { screen, type ResponseMode } from './responses.js';

export interface GuardOptions extends Omit<GateOptions, 'idempotencyKey'> {
  /** The function's name to the gateway; default: its own. */
  name?: string;
  /** Default `tool://{runtimeType}/{name}`. */
  url?: string;
  /** Default `POST`. */
  method?: string;
  /** Names of the arguments, in order, so that policies can look at them; absent, a single plain object is taken as it is, anything else as `args`. */
  params?: string[];
  /** What to do with the result: `off` (default), `report` what it contains, or `redact` it. */
  responses?: ResponseMode;
  /** More of the request, such as `context` or `toolName`. */
  request?: Partial<ScanRequest>;
}

export function guard<A extends unknown[], R>(
  client: IntervenClient, fn: (...args: A) => R | Promise<R>, options: GuardOptions,
): (...args: A) => Promise<Awaited<R>> {
  const name = options.name ?? fn.name;
  if (!name)
    throw new ConfigurationError('A guarded function needs a name.');
  return async (...args: A): Promise<Awaited<R>> => {
    const permit = await client.gate({ ...requestFor(client, name, options), body: bodyOf(args, options.params) }, options);
    const run = permit.decision === 'ALLOW' ? args : argumentsOf(permit, args, options.params) as A;
    return await screen(client, permit, await fn(...run), options.responses, options.signal) as Awaited<R>;
  };
}

/** How a function of the agent's own looks to the gateway. */
export function requestFor(client: IntervenClient, name: string, options: Pick<GuardOptions, 'url' | 'method' | 'request'>, runtime = 'js'): ScanRequest {
  const type = options.request?.runtimeType ?? client.settings.runtimeType ?? runtime;
  return {
    method: options.method ?? 'POST', url: options.url ?? `tool://${encodeURIComponent(type)}/${encodeURIComponent(name)}`,
    runtimeType: type, ...options.request,
  };
}

function bodyOf(args: unknown[], params: string[] | undefined): unknown {
  if (!params)
    return isSingle(args) ? args[0] : { args };
  if (args.length > params.length)
    throw new UnscannableError(`The function was given ${args.length} arguments, but ${params.length} are named.`);
  return Object.fromEntries(args.map((value, i) => [params[i], value]));
}

/** The sanitised body as arguments; what does not fit is not run. */
function argumentsOf(permit: Permit, args: unknown[], params: string[] | undefined): unknown[] {
  const body = permit.body;
  if (isObject(body)) {
    if (params && Object.keys(body).every(key => params.includes(key)))
      return params.slice(0, Math.max(args.length, 1 + params.findLastIndex(name => name in body))).map(name => body[name]);
    if (!params && isSingle(args))
      return [body];
    if (!params && Array.isArray(body.args))
      return body.args;
  }
  throw new UnscannableError('The sanitised body does not fit the function.');
}

const isSingle = (args: unknown[]): boolean => args.length === 1 && isObject(args[0]);

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
