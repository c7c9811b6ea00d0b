import type { IntervenClient } from './client.js';
import { IntervenError, UnavailableError } from './errors.js';
import type { Permit } from './gate.js';
import { payloadOf } from './payload.js';

/** What to do with what a tool answers. */
export type ResponseMode = 'off' | 'report' | 'redact';

/**
 * The result as it may be used. `report` tells the gateway what the tool answered and never holds the result back; `redact` puts the redacted one in its place,
 * and fails closed: a result that cannot be looked at is not handed on.
 */
export async function screen(client: IntervenClient, permit: Permit, result: unknown, mode: ResponseMode = 'off', signal?: AbortSignal): Promise<unknown> {
  if (mode === 'off' || !permit.traceId)
    return result;
  try {
    const seen = await client.scanResponse({ traceId: permit.traceId, responseBody: payloadOf(result, 'The result').value }, { signal });
    return mode === 'redact' && seen.fieldsRedactedCount > 0 ? seen.sanitizedResponse : result;
  } catch (error) {
    const passes = mode === 'report' || (error instanceof UnavailableError && !client.settings.failClosed);
    if (passes && error instanceof IntervenError)
      return result;
    throw error;
  }
}
