import { ConfigurationError } from './errors.js';

/** How a client is set up. What is absent comes from the environment, then from the default. */
export interface ClientOptions {
  /** `iv_live_…` or `iv_eph_…`. Environment: `INTERVEN_API_KEY`. Required one way or the other. */
  apiKey?: string;
  /** Environment: `INTERVEN_GATEWAY_URL`. Default `http://127.0.0.1:8080`. */
  gatewayUrl?: string;
  /** Milliseconds for one attempt; default 10,000. A held answer (`waitMs`, waiting for an approval) has its wait on top. */
  timeout?: number;
  /** More attempts after the first on 5xx, 429 and connection errors; default 3. */
  retries?: number;
  /** The agent's id, name and runtime, sent with each scan that names none. */
  agentId?: string;
  agentName?: string;
  runtimeType?: string;
  /** Default true: a call that no decision could be had for does not run. `INTERVEN_FAIL_OPEN=1` is the switch from outside. */
  failClosed?: boolean;
}

export interface Settings {
  readonly apiKey: string;
  readonly gatewayUrl: string;
  readonly timeout: number;
  readonly retries: number;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly runtimeType?: string;
  readonly failClosed: boolean;
}

const DEFAULT_GATEWAY = 'http://127.0.0.1:8080';
const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_RETRIES = 3;
const MOST_RETRIES = 20;

export function settingsOf(options: ClientOptions = {}, env: NodeJS.ProcessEnv = process.env): Settings {
  const apiKey = options.apiKey ?? env.INTERVEN_API_KEY;
  if (!apiKey || /[^\x21-\x7e]/.test(apiKey))
    throw new ConfigurationError('An API key is needed: the option apiKey or the environment variable INTERVEN_API_KEY.');
  const { agentId, agentName, runtimeType } = options;
  return Object.freeze({
    apiKey,
    gatewayUrl: addressOf(options.gatewayUrl ?? (env.INTERVEN_GATEWAY_URL || DEFAULT_GATEWAY)),
    timeout: inRange('timeout', options.timeout ?? DEFAULT_TIMEOUT, 1, 600_000),
    retries: inRange('retries', options.retries ?? DEFAULT_RETRIES, 0, MOST_RETRIES),
    agentId, agentName, runtimeType,
    failClosed: options.failClosed ?? env.INTERVEN_FAIL_OPEN !== '1',
  });
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.search || url.hash)
    throw new ConfigurationError('The gateway address must be an http or https URL without credentials, query or fragment.');
  return url.href.replace(/\/+$/, '');
}

function inRange(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new ConfigurationError(`${name} must be a whole number from ${least} to ${most}.`);
  return value;
}
