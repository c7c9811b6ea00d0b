import type { IntervenClient } from '@interven/sdk-js';

type Item = Record<string, unknown>;

/** Members of contents that are bytes in base64, and the kinds that carry them: pictures and sound hold no text to find. */
const BINARY: Record<string, string> = { image: 'data', audio: 'data' };

/** Tells the gateway what a tool answered; where it holds something of a restricted class, the redacted answer takes its place. */
export async function screened(client: IntervenClient, traceId: string, answer: unknown, restricted: readonly string[]): Promise<unknown> {
  const bytes: unknown[] = [];
  const seen = await client.scanResponse({ traceId, responseBody: withoutBytes(answer, bytes) });
  return seen.dataClasses.some(one => restricted.includes(one)) ? withBytes(seen.sanitizedResponse, bytes) : answer;
}

function withoutBytes(answer: unknown, bytes: unknown[]): unknown {
  const { content } = (answer ?? {}) as { content?: unknown };
  if (!Array.isArray(content))
    return answer;
  return {
    ...answer as Item,
    content: content.map((item: Item | null) => {
      const member = BINARY[String(item?.type)];
      if (!item || !member || typeof item[member] !== 'string' || !/^[A-Za-z0-9+/=\s]*$/.test(item[member] as string))
        return item;
      bytes.push(item[member]);
      return { ...item, [member]: '' };
    }),
  };
}

/** Puts the bytes back in the order in which they were taken. */
function withBytes(answer: unknown, bytes: unknown[]): unknown {
  const { content } = (answer ?? {}) as { content?: Item[] };
  if (!Array.isArray(content))
    return answer;
  let next = 0;
  return {
    ...answer as Item,
    content: content.map(item => {
      const member = BINARY[String(item?.type)];
      return member && item[member] === '' && next < bytes.length ? { ...item, [member]: bytes[next++] } : item;
    }),
  };
}
