/** What the command was asked cannot be done: said in one line, without a stack. */
export class Trouble extends Error {}

export interface Answer { status: number; json: any }

const PATIENCE = 30_000;

/** The gateway's HTTP API for whoever manages policies. */
export class Gateway {
  readonly #url: string;

  constructor(readonly env: NodeJS.ProcessEnv = process.env) {
    this.#url = (env.INTERVEN_GATEWAY_URL || 'http://127.0.0.1:8080').replace(/\/+$/, '');
  }

  /** True where there is a token for `/api`; a key with the scope policies:write can apply, and no more. */
  get manages(): boolean {
    return Boolean(this.env.INTERVEN_TOKEN);
  }

  /** A call to `/api`. Refusals of the request (4xx) are answers; everything else is trouble. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    if (!this.env.INTERVEN_TOKEN)
      throw new Trouble('INTERVEN_TOKEN is needed: a service account\'s token (iv_svc_…) with the role admin or developer.');
    return this.#send(method, path, this.env.INTERVEN_TOKEN, body);
  }

  /** Applies one policy with whatever credential there is. */
  apply(policy: unknown): Promise<Answer> {
    if (this.manages)
      return this.call('POST', '/api/policies', policy);
    if (!this.env.INTERVEN_API_KEY)
      throw new Trouble('INTERVEN_TOKEN (iv_svc_…), or INTERVEN_API_KEY with the scope policies:write, is needed.');
    return this.#send('POST', '/v1/policies/apply', this.env.INTERVEN_API_KEY, policy);
  }

  async #send(method: string, path: string, token: string, body?: unknown): Promise<Answer> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url + path, {
        method, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE),
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body),
      });
      text = await response.text();
    } catch (cause) {
      throw new Trouble(`${this.#url} does not answer.`, { cause });
    }
    let json: any;
    try {
      json = JSON.parse(text);
    } catch {
      throw new Trouble(`${this.#url} did not answer with JSON: ${response.status}.`);
    }
    if (response.status === 400 || response.status === 404 || response.status < 300)
      return { status: response.status, json };
    throw new Trouble(`${method} ${path}: ${response.status} ${json?.reason ?? ''} ${json?.detail ?? ''}`.trim());
  }
}
