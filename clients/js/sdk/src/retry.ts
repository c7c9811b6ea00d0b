const FIRST_DELAY = 100;
const LONGEST_DELAY = 5_000;
const LONGEST_ASKED = 30_000;

/**
 * How long to wait before attempt n + 1, in milliseconds; undefined where the gateway asks for longer than a call should be kept waiting.
 * @param asked What `Retry-After` or `retry_after_ms` asks for.
 */
export function retryDelay(attempt: number, asked?: number): number | undefined {
  if (asked !== undefined && asked > LONGEST_ASKED)
    return undefined;
  const backoff = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
  // Half of it by chance, so that many clients do not come back at once.
  return Math.max(asked ?? 0, backoff / 2 + Math.random() * backoff / 2);
}

/** Seconds or an HTTP date, as milliseconds from now. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null)
    return undefined;
  if (/^\d+$/.test(header.trim()))
    return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
