import { approvalOutcome, ephemeralKey, redeemed, responseAnswer, scanAnswer } from './answers.js';
import type { ApprovalOutcome, EphemeralKey, Redeemed, ResponseAnswer, ScanAnswer } from './answers.js';
import { UnavailableError } from './errors.js';
import { gate, type GateOptions, type Permit } from './gate.js';
import { guard, type GuardOptions } from './guard.js';
import { settingsOf, type ClientOptions, type Settings } from './settings.js';
import { Transport } from './transport.js';
import { waitForApproval, type WaitOptions } from './waiting.js';

/** A call that an agent intends. */
export interface ScanRequest {
  /** The HTTP verb that the agent intends. */
  method: string;
  /** Absolute; `tool://runtime/function`, `mcp://server/tool` and the like for what is no HTTP call. */
  url: string;
  /** Any JSON. */
  body?: unknown;
  /** Scanned, never stored. */
  headers?: Record<string, string | string[]>;
  agentId?: string;
  agentName?: string;
  runtimeType?: string;
  toolName?: string;
  operation?: string;
  /** Conversation for the risk engines; never stored. */
  context?: string;
  env?: string;
  /** 0 to 110,000 ms: hold the answer of a REQUIRE_APPROVAL until it is decided. */
  waitMs?: number;
}

export interface CallOptions {
  /** 1 to 255 characters; the same key with the same request gets the first answer for 24 hours. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** The gateway, for one agent. Safe to share; holds no state but its settings. */
export class IntervenClient {
  readonly settings: Settings;
  readonly #transport: Transport;

  /** @throws {ConfigurationError} */
  constructor(options: ClientOptions = {}) {
    this.settings = settingsOf(options);
    this.#transport = new Transport(this.settings);
  }

  /**
   * Asks about one call. Every decision is an answer, `DENY` included; look at it before you act, or use {@link gate}.
   * @throws {UnavailableError} No decision could be had: do not make the call.
   * @throws {RequestError} The gateway refused to decide: do not make the call.
   */
  async scan(request: ScanRequest, options: CallOptions = {}): Promise<ScanAnswer> {
    const { agentId, agentName, runtimeType } = this.settings;
    return scanAnswer(await this.#transport.send({
      method: 'POST', path: '/v1/scan', ...options, hold: request.waitMs,
      body: {
        method: request.method, url: request.url, body: request.body, headers: request.headers,
        agent_id: request.agentId ?? agentId, agent_name: request.agentName ?? agentName, runtime_type: request.runtimeType ?? runtimeType,
        tool_name: request.toolName, operation: request.operation, context: request.context, env: request.env, wait_ms: request.waitMs,
      },
      again: json => undecided(json),
    }));
  }

  /** Says what a tool answered to a scanned call: what it contains, and the same redacted. */
  async scanResponse(response: { traceId: string; responseBody: unknown; responseStatus?: number }, options: { signal?: AbortSignal } = {}): Promise<ResponseAnswer> {
    return responseAnswer(await this.#transport.send({
      method: 'POST', path: '/v1/scan/response', ...options, idempotencyKey: null,
      body: { trace_id: response.traceId, response_body: response.responseBody ?? null, response_status: response.responseStatus },
    }));
  }

  /** Waits until somebody has decided, the approval has expired, or `timeout` is over (`pending`). The gateway holds the answer; nothing polls. */
  waitForApproval(approvalId: string, options: WaitOptions = {}): Promise<ApprovalOutcome> {
    return waitForApproval(this, approvalId, options);
  }

  /** One look at an approval, held for up to `wait` seconds (0 to 110) while it is pending. */
  async approvalStatus(approvalId: string, wait = 0, options: { signal?: AbortSignal; retries?: number } = {}): Promise<ApprovalOutcome> {
    return approvalOutcome(await this.#transport.send({
      method: 'GET', path: `/v1/approvals/${encodeURIComponent(approvalId)}/status?wait=${wait}`, hold: wait * 1000, ...options,
    }));
  }

  /** Takes the one execution of an approved call. @throws {RequestError} 409: there is none to take; do not run the call. */
  async redeem(approvalId: string, options: CallOptions = {}): Promise<Redeemed> {
    return redeemed(await this.#transport.send({ method: 'POST', path: `/v1/approvals/${encodeURIComponent(approvalId)}/redeem`, ...options }));
  }

  /** A key for minutes and a counted number of uses, never wider than this client's own. */
  async mintEphemeralKey(
    request: { ttlSeconds?: number; maxUses?: number; scope?: { tools?: string[]; verbs?: string[] }; description?: string } = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<EphemeralKey> {
    return ephemeralKey(await this.#transport.send({
      method: 'POST', path: '/v1/keys/ephemeral', ...options, idempotencyKey: null, retries: 0,
      body: { ttl_seconds: request.ttlSeconds, max_uses: request.maxUses, scope: request.scope, description: request.description },
    }));
  }

  /** Whether scans can be decided and recorded right now. Never throws for a gateway that is out. */
  async health(): Promise<{ ready: boolean; detail: string }> {
    try {
      const response = await fetch(`${this.settings.gatewayUrl}/health/ready`, { redirect: 'manual', signal: AbortSignal.timeout(this.settings.timeout) });
      return { ready: response.status === 200, detail: await response.text() };
    } catch (error) {
      return { ready: false, detail: new UnavailableError(`unreachable: ${(error as Error).name}`).message };
    }
  }

  /** Asks, waits for a person where one must decide, and answers with what may be carried out. @throws {DeniedError} and whatever {@link scan} throws. */
  gate(request: ScanRequest, options: GateOptions = {}): Promise<Permit> {
    return gate(this, request, options);
  }

  /** The function, behind the gate: it runs with what was allowed, or not at all. */
  guard<A extends unknown[], R>(fn: (...args: A) => R | Promise<R>, options: GuardOptions = {}): (...args: A) => Promise<Awaited<R>> {
    return guard(this, fn, options);
  }
}

/** A refusal for want of store or time decided nothing: it may be asked again. */
function undecided(json: unknown): number | undefined {
  const answer = json as { durable?: unknown; retry_after_ms?: unknown } | null;
  return answer?.durable === false && typeof answer.retry_after_ms === 'number' ? answer.retry_after_ms : undefined;
}
