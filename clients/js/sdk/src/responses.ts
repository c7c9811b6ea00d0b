import type { IntervenClient } from './client.js';
import { IntervenError, UnavailableError, WithheldError } from './errors.js';
import type { Permit } from './gate.js';
import { payloadOf } from './payload.js';

/** What to do with what a tool answers. */
export type ResponseMode = 'off' | 'report' | 'redact';

/**
 * The result as it may be used. `report` tells the gateway what the tool answered and never holds the result back; `redact` puts the redacted one in its place,
 * and fails closed.
 * @throws {WithheldError} The result could not be looked at.
 */
export async function screen(client: IntervenClient, permit: Permit, result: unknown, mode: ResponseMode = 'off', signal?: AbortSignal): Promise<unknown> {
  if (mode === 'off' || !permit.traceId)
    return result;
  try {
    const seen = await client.scanResponse({ traceId: permit.traceId, responseBody: payloadOf(result, 'The result').value }, { signal });
    return mode === 'redact' && seen.fieldsRedactedCount > 0 ? seen.sanitizedResponse : result;
  } catch (error) {
    if (!(error instanceof IntervenError))
      throw error;
    if (mode === 'report' || (error instanceof UnavailableError && !client.settings.failClosed))
      return result;
    throw new WithheldError(`The tool has run, but its answer could not be looked at and is withheld. ${error.message}`, { cause: error });
  }
}
