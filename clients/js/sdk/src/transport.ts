import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AuthenticationError, BadAnswerError, RateLimitedError, RequestError, UnavailableError } from './errors.js';
import { retryAfter, retryDelay } from './retry.js';
import type { Settings } from './settings.js';

/** One request to the gateway, with as many attempts as the settings allow. */
export interface Exchange {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** Sent with every attempt, so that a repeated one is the same request. Made up where absent; null where the endpoint knows none. */
  idempotencyKey?: string | null;
  /** Milliseconds that the answer may be held for, on top of the usual time. */
  hold?: number;
  timeout?: number;
  retries?: number;
  signal?: AbortSignal;
  /** Milliseconds after which to ask again where the answer says that nothing was decided; undefined for an answer that stands. */
  again?: (json: unknown) => number | undefined;
}

const MOST_ANSWER_WORDS = 300;

/** HTTP to the gateway: one retry policy for every endpoint, and no answer that is not one. */
export class Transport {
  constructor(readonly settings: Settings) {}

  /** @throws {UnavailableError} No decision could be had. @throws {RequestError} The gateway refused the request. @throws {BadAnswerError} */
  async send(exchange: Exchange): Promise<unknown> {
    const retries = exchange.retries ?? this.settings.retries;
    const key = exchange.idempotencyKey === null ? undefined : exchange.idempotencyKey ?? randomUUID();
    for (let attempt = 0; ; attempt++) {
      let wait: number | undefined;
      try {
        const json = await this.#once(exchange, key);
        wait = exchange.again?.(json);
        if (wait === undefined || attempt >= retries)
          return json;
        wait = retryDelay(attempt, wait);
      } catch (error) {
        if (!(error instanceof Failure))
          throw error;
        wait = retryDelay(attempt, error.after);
        if (attempt >= retries || wait === undefined)
          throw error.as;
      }
      if (wait === undefined)
        throw new UnavailableError('The gateway asks for more time than a retry may wait.');
      await pause(wait, undefined, { signal: exchange.signal }).catch(() => exchange.signal?.throwIfAborted());
    }
  }

  async #once(exchange: Exchange, key: string | undefined): Promise<unknown> {
    const limit = (exchange.timeout ?? this.settings.timeout) + (exchange.hold ?? 0);
    const timeUp = AbortSignal.timeout(limit);
    try {
      const response = await fetch(this.settings.gatewayUrl + exchange.path, {
        method: exchange.method,
        headers: this.#headers(exchange, key),
        body: exchange.body === undefined ? undefined : JSON.stringify(exchange.body),
        redirect: 'manual',
        signal: exchange.signal ? AbortSignal.any([timeUp, exchange.signal]) : timeUp,
      });
      return read(response, await response.text());
    } catch (error) {
      if (error instanceof Failure || error instanceof RequestError || error instanceof BadAnswerError)
        throw error;
      exchange.signal?.throwIfAborted();
      const what = timeUp.aborted ? `did not answer within ${limit} ms` : 'could not be reached';
      throw new Failure(new UnavailableError(`Interven ${what} at ${this.settings.gatewayUrl}.`, undefined, { cause: error }));
    }
  }

  #headers(exchange: Exchange, key: string | undefined): Record<string, string> {
    return {
      Accept: 'application/json',
      Authorization: `Bearer ${this.settings.apiKey}`,
      ...(exchange.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined || exchange.method === 'GET' ? {} : { 'Idempotency-Key': key }),
    };
  }
}

/** What another attempt may mend. */
class Failure extends Error {
  constructor(readonly as: UnavailableError, readonly after?: number) {
    super(as.message);
  }
}

function read(response: Response, text: string): unknown {
  const after = retryAfter(response.headers.get('retry-after'));
  if (response.status === 429)
    throw new Failure(new RateLimitedError('Interven answered 429: too many calls.', 429), after);
  if (response.status >= 500)
    throw new Failure(new UnavailableError(`Interven answered ${response.status}.`, response.status), after);
  if (response.status !== 200 && response.status !== 201)
    throw refusal(response, text);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadAnswerError('Interven did not answer with JSON.');
  }
}

function refusal(response: Response, text: string): RequestError {
  let problem: { reason?: unknown; detail?: unknown } = {};
  try {
    problem = JSON.parse(text) ?? {};
  } catch {
    // A refusal all the same.
  }
  const reason = typeof problem.reason === 'string' ? problem.reason : 'UNKNOWN';
  const detail = typeof problem.detail === 'string' ? ` ${problem.detail.slice(0, MOST_ANSWER_WORDS)}` : '';
  const message = `Interven refused the request: ${response.status} ${reason}.${detail}`;
  const trace = response.headers.get('x-interven-trace-id') ?? undefined;
  return response.status === 401 ? new AuthenticationError(message, 401, reason, trace) : new RequestError(message, response.status, reason, trace);
}
