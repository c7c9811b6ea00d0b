import type { IncomingHttpHeaders } from 'node:http';

/** Headers of one connection, and what the proxy sets itself. */
const NOT_PASSED = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
  'host', 'content-length', 'content-encoding', 'expect',
]);

/** The destination in `/proxy/https://host/path?query`; some clients make one slash of two. Null for anything else. */
export function targetOf(path: string): URL | null {
  const found = /^\/proxy\/(https?):\/{1,2}([^/].*)$/i.exec(path);
  const text = found && `${found[1]}://${found[2]}`;
  if (!text || !URL.canParse(text))
    return null;
  const url = new URL(text);
  return url.username || url.password ? null : url;
}

/** What is passed on, and asked about. */
export function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = String(headers.connection ?? '').toLowerCase().split(',').map(name => name.trim());
  return Object.fromEntries(Object.entries(headers)
    .filter(([name, value]) => value !== undefined && !NOT_PASSED.has(name) && !named.includes(name))) as Record<string, string | string[]>;
}

/**
 * Whether the request comes from a program on this machine: a name that leads here, or a page in a browser, must not reach destinations through the proxy.
 */
export function isLocal(headers: IncomingHttpHeaders, hosts: readonly string[]): boolean {
  const known = (host: string | undefined): boolean => host !== undefined && hosts.includes(host.replace(/:\d+$/, ''));
  if (!known(headers.host) || headers['sec-fetch-site'] === 'cross-site')
    return false;
  return headers.origin === undefined || (URL.canParse(headers.origin) && known(new URL(headers.origin).host));
}
