export { IntervenClient } from './client.js';
export type { CallOptions, ScanRequest } from './client.js';
export type {
  ApprovalOutcome, Decision, EphemeralKey, Finding, Redeemed, ResponseAnswer, RiskBand, ScanAnswer, Signal,
} from './answers.js';
export {
  ApprovalDeniedError, ApprovalExpiredError, ApprovalPendingError, AuthenticationError, BadAnswerError, ConfigurationError, DeniedError, IntervenError,
  RateLimitedError, RequestError, UnavailableError, UnscannableError, WithheldError,
} from './errors.js';
export type { GateOptions, Permit } from './gate.js';
export type { GuardOptions } from './guard.js';
export type { ResponseMode } from './responses.js';
export type { ClientOptions, Settings } from './settings.js';
export type { WaitOptions } from './waiting.js';
export { gate, guard } from './shortcuts.js';
