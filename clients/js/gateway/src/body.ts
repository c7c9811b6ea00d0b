import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

export const MOST_BODY_BYTES = 1024 * 1024;

/** A request's body as the destination gets it, and as the gateway is asked about it. */
export interface Body {
  bytes: Buffer;
  /** JSON where it is JSON, else text, else base64. */
  scanned: unknown;
  kind: 'none' | 'json' | 'text' | 'binary';
}

/** A body that cannot be asked about, so it is not sent on. */
export class BodyError extends Error {
  constructor(message: string, readonly status: 400 | 413 | 415) {
    super(message);
  }
}

/** @throws {BodyError} */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((size += chunk.length) > MOST_BODY_BYTES)
      throw new BodyError(`A body may have ${MOST_BODY_BYTES} bytes.`, 413);
    chunks.push(chunk);
  }
  const bytes = decoded(Buffer.concat(chunks), request.headers['content-encoding']);
  if (bytes.length === 0)
    return { bytes, scanned: undefined, kind: 'none' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { bytes, scanned: bytes.toString('base64'), kind: 'binary' };
  }
  const json = /^\s*[[{"]/.test(text) ? jsonOf(text) : undefined;
  return json === undefined ? { bytes, scanned: text, kind: 'text' } : { bytes, scanned: json, kind: 'json' };
}

/** The body in the place of the one that was asked about; undefined where it cannot stand there. */
export function sanitised(body: Body, instead: unknown): Buffer | undefined {
  if (body.kind === 'json')
    return Buffer.from(JSON.stringify(instead));
  return body.kind === 'text' && typeof instead === 'string' ? Buffer.from(instead) : undefined;
}

/** What is compressed would hide from the scan: it is opened, and sent on open. */
function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  const options = { maxOutputLength: MOST_BODY_BYTES };
  try {
    switch (encoding?.trim().toLowerCase() ?? 'identity') {
      case 'identity': return bytes;
      case 'gzip': return gunzipSync(bytes, options);
      case 'deflate': return inflateSync(bytes, options);
      case 'br': return brotliDecompressSync(bytes, options);
      default: throw new BodyError('The body is encoded in a way that cannot be looked into.', 415);
    }
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError('The body cannot be decompressed, or is too long then.', 400);
  }
}

function jsonOf(text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  // Readers differ on which of two equal keys counts: the destination might see what the scan did not.
  if (members(json) !== [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs)].filter(([, colon]) => colon).length)
    throw new BodyError('The body has duplicate keys.', 400);
  return json;
}

function members(json: unknown): number {
  if (json === null || typeof json !== 'object')
    return 0;
  const values = Object.values(json);
  return values.reduce<number>((sum, value) => sum + members(value), Array.isArray(json) ? 0 : values.length);
}
