import { BadAnswerError } from './errors.js';

export type Decision = 'ALLOW' | 'DENY' | 'SANITIZE' | 'REQUIRE_APPROVAL';
export type RiskBand = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** What was found, and where; never the value. */
export interface Finding { dataClass: string; kind: string; path: string; count: number; confidence: string }

/** One risk engine's output. */
export interface Signal { engine: string; score: number; details: Record<string, unknown> }

/** The answer to a scan. */
export interface ScanAnswer {
  decision: Decision;
  /** 0 to 1. */
  riskScore: number;
  riskBand: RiskBand;
  reasonCodes: string[];
  /** Id of the decision record. */
  traceId: string;
  toolName: string;
  operation: string;
  verb: string;
  classifications: string[];
  findings: Finding[];
  signals: Signal[];
  /** With `SANITIZE`, and with `REQUIRE_APPROVAL` where a sanitising rule matched too. */
  sanitizedBody?: unknown;
  /** With `REQUIRE_APPROVAL`. */
  approvalId?: string;
  approvalUrl?: string;
  expiresAt?: string;
  policyName?: string;
  ruleId?: string;
  violations?: string[];
  /** False where the refusal could not be recorded. */
  durable: boolean;
  retryAfterMs?: number;
  /** The answer as it came, for what this version does not know. */
  raw: Record<string, unknown>;
}

/** Where an approval stands. */
export interface ApprovalOutcome {
  status: 'pending' | 'approved' | 'denied' | 'expired';
  reason?: string;
  decidedBy?: string;
  decidedAt?: string;
  expiresAt?: string;
}

/** The one execution of an approved call. */
export interface Redeemed { decision: 'ALLOW' | 'SANITIZE'; sanitizedBody?: unknown; traceId: string }

/** What a tool's answer contains. */
export interface ResponseAnswer {
  dataClasses: string[];
  fieldsRedactedCount: number;
  contentFingerprint: string;
  /** In the shape of the answer, every MEDIUM and HIGH finding redacted. */
  sanitizedResponse: unknown;
}

/** A key for minutes. */
export interface EphemeralKey {
  key: string;
  ephemeralId: string;
  expiresAt: string;
  maxUses: number;
  raw: Record<string, unknown>;
}

const DECISIONS: readonly string[] = ['ALLOW', 'DENY', 'SANITIZE', 'REQUIRE_APPROVAL'];
const STATUSES: readonly string[] = ['pending', 'approved', 'denied', 'expired'];

/** Anything but a whole answer is none: what cannot be read must never let a call run. */
export function scanAnswer(json: unknown): ScanAnswer {
  const raw = object(json);
  const decision = word(raw, 'decision', DECISIONS) as Decision;
  const answer: ScanAnswer = {
    decision,
    riskScore: typeof raw.risk_score === 'number' ? raw.risk_score : Number.NaN,
    riskBand: text(raw, 'risk_band') as RiskBand,
    reasonCodes: texts(raw, 'reason_codes'),
    traceId: text(raw, 'trace_id'),
    toolName: text(raw, 'tool_name'), operation: text(raw, 'operation'), verb: text(raw, 'verb'),
    classifications: texts(raw, 'classifications'),
    findings: objects(raw, 'findings').map(({ data_class, ...finding }) => ({ dataClass: data_class, ...finding }) as Finding),
    signals: objects(raw, 'signals') as unknown as Signal[],
    approvalId: maybe(raw, 'approval_id'), approvalUrl: maybe(raw, 'approval_url'), expiresAt: maybe(raw, 'expires_at'),
    policyName: maybe(raw, 'policy_name'), ruleId: maybe(raw, 'rule_id'),
    violations: raw.violations === undefined ? undefined : texts(raw, 'violations'),
    durable: raw.durable !== false,
    retryAfterMs: typeof raw.retry_after_ms === 'number' ? raw.retry_after_ms : undefined,
    raw,
  };
  if ('sanitized_body' in raw)
    answer.sanitizedBody = raw.sanitized_body;
  else if (decision === 'SANITIZE')
    throw new BadAnswerError('The gateway answered SANITIZE without a body to send.');
  if (decision === 'REQUIRE_APPROVAL' && !answer.approvalId)
    throw new BadAnswerError('The gateway asked for an approval without naming it.');
  return answer;
}

export function approvalOutcome(json: unknown): ApprovalOutcome {
  const raw = object(json);
  return {
    status: word(raw, 'status', STATUSES) as ApprovalOutcome['status'],
    reason: maybe(raw, 'reason'), decidedBy: maybe(raw, 'decided_by'), decidedAt: maybe(raw, 'decided_at'), expiresAt: maybe(raw, 'expires_at'),
  };
}

export function redeemed(json: unknown): Redeemed {
  const raw = object(json);
  const decision = word(raw, 'decision', ['ALLOW', 'SANITIZE']) as Redeemed['decision'];
  if (decision === 'SANITIZE' && !('sanitized_body' in raw))
    throw new BadAnswerError('The gateway released a call sanitised, without a body to send.');
  return { decision, traceId: text(raw, 'trace_id'), ...('sanitized_body' in raw ? { sanitizedBody: raw.sanitized_body } : {}) };
}

export function responseAnswer(json: unknown): ResponseAnswer {
  const raw = object(json);
  if (!('sanitized_response' in raw) || typeof raw.fields_redacted_count !== 'number')
    throw new BadAnswerError('The gateway did not say what a response contains.');
  return {
    dataClasses: texts(raw, 'data_classes'), fieldsRedactedCount: raw.fields_redacted_count,
    contentFingerprint: text(raw, 'content_fingerprint'), sanitizedResponse: raw.sanitized_response,
  };
}

export function ephemeralKey(json: unknown): EphemeralKey {
  const raw = object(json);
  return { key: text(raw, 'key'), ephemeralId: text(raw, 'ephemeral_id'), expiresAt: text(raw, 'expires_at'), maxUses: Number(raw.max_uses), raw };
}

function object(json: unknown): Record<string, unknown> {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new BadAnswerError('The gateway did not answer with a JSON object.');
  return json as Record<string, unknown>;
}

function text(raw: Record<string, unknown>, name: string): string {
  const value = raw[name];
  if (typeof value !== 'string' || value.length === 0)
    throw new BadAnswerError(`The gateway answered without ${name}.`);
  return value;
}

function word(raw: Record<string, unknown>, name: string, words: readonly string[]): string {
  const value = text(raw, name);
  if (!words.includes(value))
    throw new BadAnswerError(`The gateway answered with an unknown ${name}.`);
  return value;
}

function maybe(raw: Record<string, unknown>, name: string): string | undefined {
  return typeof raw[name] === 'string' ? raw[name] : undefined;
}

function texts(raw: Record<string, unknown>, name: string): string[] {
  const value = raw[name];
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string'))
    throw new BadAnswerError(`The gateway answered without ${name}.`);
  return value as string[];
}

function objects(raw: Record<string, unknown>, name: string): Record<string, unknown>[] {
  const value = raw[name];
  return Array.isArray(value) ? value.filter(item => item !== null && typeof item === 'object') as Record<string, unknown>[] : [];
}
