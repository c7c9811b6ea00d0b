import type { ServerResponse } from 'node:http';
import { BadAnswerError, DeniedError, RequestError, UnavailableError } from '@interven/sdk-js';

/** Why a call was not made. */
export interface Refusal { status: number; reason: string; detail: string; decision?: string; traceId?: string; approvalId?: string }

export function problemOf(error: unknown): Refusal {
  if (error instanceof DeniedError)
    return { status: 403, reason: error.reasonCodes[0] ?? 'DENIED', detail: error.message, decision: 'DENY', traceId: error.traceId, approvalId: error.approvalId };
  if (error instanceof UnavailableError || error instanceof BadAnswerError)
    return { status: 503, reason: 'INTERVEN_UNAVAILABLE', detail: error.message };
  if (error instanceof RequestError)
    return { status: error.status === 413 ? 413 : 502, reason: error.reason, detail: error.message, traceId: error.traceId };
  return { status: 400, reason: 'INVALID_REQUEST', detail: 'The call could not be asked about.' };
}

/** Problem+json, as the gateway itself answers; never a value of the call. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(refusal.status, {
    'Content-Type': 'application/problem+json', Connection: 'close',
    ...(refusal.traceId ? { 'X-Interven-Trace-Id': refusal.traceId } : {}), ...(refusal.status === 503 ? { 'Retry-After': '1' } : {}),
  }).end(JSON.stringify({
    type: `urn:interven:reason:${refusal.reason.toLowerCase()}`, title: 'The call was not made', status: refusal.status, detail: refusal.detail,
    reason: refusal.reason, decision: refusal.decision, trace_id: refusal.traceId, approval_id: refusal.approvalId,
  }));
}
