import type { ScanAnswer } from './answers.js';

/** Whatever this package throws on purpose. Anything else is a fault of the guarded code itself. */
export class IntervenError extends Error {
  override name = 'IntervenError';
}

/** The client cannot be used as it was set up: no key, a gateway address that is none. */
export class ConfigurationError extends IntervenError {
  override name = 'ConfigurationError';
}

/** The call could not be asked about: its arguments cannot be written as JSON, or have changed since. It must not run. */
export class UnscannableError extends IntervenError {
  override name = 'UnscannableError';
}

/** The tool has run, but its answer could not be looked at, and is not handed on. */
export class WithheldError extends IntervenError {
  override name = 'WithheldError';
}

/** No decision could be had: no connection, no answer in time, 5xx, or 429 to the end. The only kind that failing open covers. */
export class UnavailableError extends IntervenError {
  override name = 'UnavailableError';

  constructor(message: string, readonly status?: number, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The gateway answered 200 with something that is no answer: no JSON, an unknown decision, a missing field. Never covered by failing open. */
export class BadAnswerError extends IntervenError {
  override name = 'BadAnswerError';
}

/** 429 to the end of the retries. */
export class RateLimitedError extends UnavailableError {
  override name = 'RateLimitedError';
}

/** The gateway refused the request itself (4xx). `reason` is its stable code, such as `INVALID_REQUEST`. Never covered by failing open. */
export class RequestError extends IntervenError {
  override name = 'RequestError';

  constructor(message: string, readonly status: number, readonly reason: string, readonly traceId?: string) {
    super(message);
  }
}

/** 401: the key is missing, unknown, expired, used up or revoked. */
export class AuthenticationError extends RequestError {
  override name = 'AuthenticationError';
}

/** The call must not be carried out. */
export class DeniedError extends IntervenError {
  override name = 'DeniedError';

  /**
   * @param message For people and models; carries no value of the call.
   * @param reasonCodes Stable codes of the answer.
   * @param traceId The decision's record.
   * @param answer The scan's answer.
   * @param approvalId Where a person was asked.
   */
  constructor(
    message: string, readonly reasonCodes: readonly string[], readonly traceId: string | undefined,
    readonly answer?: ScanAnswer, readonly approvalId?: string,
  ) {
    super(message);
  }
}

/** A person said no. */
export class ApprovalDeniedError extends DeniedError {
  override name = 'ApprovalDeniedError';
}

/** Nobody decided in time. */
export class ApprovalExpiredError extends DeniedError {
  override name = 'ApprovalExpiredError';
}

/** The approval is still open when the caller's own waiting time is over. The identical call takes the grant once somebody approves. */
export class ApprovalPendingError extends DeniedError {
  override name = 'ApprovalPendingError';
}

/** What a model is told of a call that went wrong. */
export function wordsForModel(error: IntervenError): string {
  if (error instanceof WithheldError)
    return `WITHHELD: ${error.message} Do not make the call again.`;
  return error instanceof DeniedError
    ? `BLOCKED: ${error.message} The tool has not run. Do not try to reach the same end another way.`
    : `BLOCKED: Interven could not be asked about this call, so the tool has not run. ${error.message}`;
}
