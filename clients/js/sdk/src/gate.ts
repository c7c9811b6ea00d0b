import type { ScanAnswer } from './answers.js';
import type { IntervenClient, ScanRequest } from './client.js';
import { ApprovalDeniedError, ApprovalExpiredError, ApprovalPendingError, DeniedError, RequestError, UnavailableError, UnscannableError } from './errors.js';
import { payloadOf, unchanged } from './payload.js';

export interface GateOptions {
  signal?: AbortSignal;
  /** Milliseconds to wait for a person; absent, as long as the approval lives. 0 does not wait. */
  approvalTimeout?: number;
  /** Told once when a person must decide, before the wait begins. */
  onApprovalRequired?: (answer: ScanAnswer) => void;
  /** Names the call, so that asking again gets the same answer. */
  idempotencyKey?: string;
}

/** What may be carried out. */
export interface Permit {
  readonly decision: 'ALLOW' | 'SANITIZE';
  /** What to send: the body that was asked about, or the sanitised or edited one. */
  readonly body: unknown;
  /** The record that released the call; undefined where none could be had and the client fails open. */
  readonly traceId?: string;
  readonly approvalId?: string;
  readonly answer?: ScanAnswer;
  /** False where the client fails open and nobody was asked. */
  readonly checked: boolean;
}

/** @throws {DeniedError} @throws {UnavailableError} @throws {RequestError} @throws {UnscannableError} Whichever it is: do not make the call. */
export async function gate(client: IntervenClient, request: ScanRequest, options: GateOptions): Promise<Permit> {
  const asked = request.body === undefined ? undefined : payloadOf(request.body, 'The body of the call');
  let answer: ScanAnswer;
  try {
    answer = await client.scan(asked ? { ...request, body: asked.value } : request, options);
  } catch (error) {
    if (client.settings.failClosed || !(error instanceof UnavailableError))
      throw error;
    return { decision: 'ALLOW', body: request.body, checked: false };
  }
  const permit = await settle(client, answer, request.body, options);
  if (asked && permit.decision === 'ALLOW' && !unchanged(request.body, asked))
    throw new UnscannableError('The call has changed since it was asked about.');
  return permit;
}

async function settle(client: IntervenClient, answer: ScanAnswer, body: unknown, options: GateOptions): Promise<Permit> {
  switch (answer.decision) {
    case 'ALLOW':
      return { decision: 'ALLOW', body, traceId: answer.traceId, answer, checked: true };
    case 'SANITIZE':
      return { decision: 'SANITIZE', body: answer.sanitizedBody, traceId: answer.traceId, answer, checked: true };
    case 'REQUIRE_APPROVAL':
      options.onApprovalRequired?.(answer);
      return released(client, answer, answer.approvalId!, body, options);
    default:
      throw denied(answer);
  }
}

async function released(client: IntervenClient, answer: ScanAnswer, approvalId: string, body: unknown, options: GateOptions): Promise<Permit> {
  const outcome = await client.waitForApproval(approvalId, { signal: options.signal, timeout: options.approvalTimeout });
  const reasons = [...(outcome.reason ? [outcome.reason] : []), ...answer.reasonCodes];
  switch (outcome.status) {
    case 'approved':
      break;
    case 'denied':
      throw new ApprovalDeniedError(`Interven: a reviewer denied this call (${reasons[0] ?? 'DENIED_BY_REVIEWER'}).`, reasons, answer.traceId, answer, approvalId);
    case 'expired':
      throw new ApprovalExpiredError('Interven: nobody answered the request for approval in time.', ['APPROVAL_EXPIRED', ...reasons], answer.traceId, answer, approvalId);
    default:
      throw new ApprovalPendingError(`Interven: the call still waits for approval ${approvalId}.`, reasons, answer.traceId, answer, approvalId);
  }
  try {
    const release = await client.redeem(approvalId, { signal: options.signal });
    return {
      decision: release.decision, body: release.decision === 'SANITIZE' ? release.sanitizedBody : body,
      traceId: release.traceId, approvalId, answer, checked: true,
    };
  } catch (error) {
    if (error instanceof RequestError && error.status === 409)
      throw new DeniedError(`Interven: the approval has no execution left (${error.reason}).`, [error.reason], answer.traceId, answer, approvalId);
    throw error;
  }
}

function denied(answer: ScanAnswer): DeniedError {
  const policy = answer.policyName ? ` by policy "${answer.policyName}"` : '';
  const message = `Interven denied ${answer.toolName}.${answer.operation}${policy}: ${answer.reasonCodes.join(', ')}. Trace ${answer.traceId}.`;
  return new DeniedError(message, answer.reasonCodes, answer.traceId, answer);
}
