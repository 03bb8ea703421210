import { refusesToken, retryAfter } from "./errors.js";

/** What to keep in order to go on later without a password. */
export interface TokenPair {
  access: string;
  refresh: string;
}

/** The answer to a sign-in or a refresh. */
export interface Tokens extends TokenPair {
  /** The access token's lifetime in seconds. */
  expired_at: number;
}

export interface SessionOptions {
  /** Where the API is, as in `https://api.example/v1`. */
  baseUrl: string;
  /** The pair of an earlier run, to go on without signing in. */
  tokens?: TokenPair;
  /** Called with each new pair (a refresh token works once, so keep the last one), and with `undefined` after signing out. */
  onTokens?: (tokens: TokenPair | undefined) => void;
  /** The longest pause in seconds after which a call is made once more (10); an answer that asks for a longer one is returned. */
  longestWait?: number;
  /** What sends requests, if not the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

const LEEWAY_SECONDS = 10; // an access token is refreshed before it can expire on its way
const BUSY = 503;
const PAUSING = [429, BUSY]; // after 429 nothing has happened

/** Who is signed in: signs requests, refreshes tokens, and repeats what the API asks to be repeated. */
export class Session {
  #tokens: TokenPair | undefined;
  #refreshAt = Number.POSITIVE_INFINITY; // unknown for tokens of an earlier run
  #refreshing: Promise<void> | undefined;
  readonly #options: SessionOptions;
  readonly #refreshUrl: string;
  readonly #send: (request: Request) => Promise<Response>;

  constructor(options: SessionOptions, refreshPath: string) {
    this.#options = options;
    this.#tokens = options.tokens;
    this.#refreshUrl = options.baseUrl.replace(/\/+$/, "") + refreshPath;
    this.#send = options.fetch ?? ((request) => globalThis.fetch(request));
  }

  /** The tokens of who is signed in. */
  get tokens(): TokenPair | undefined {
    return this.#tokens;
  }

  /** Go on with the tokens of a sign-in. */
  begin(tokens: Tokens): void {
    this.#refreshAt = now() + tokens.expired_at - LEEWAY_SECONDS;
    this.#keep({ access: tokens.access, refresh: tokens.refresh });
  }

  /** Forget the tokens. */
  end(): void {
    this.#refreshAt = Number.POSITIVE_INFINITY;
    this.#keep(undefined);
  }

  /** Send a request without credentials. */
  readonly fetchUnsigned = (request: Request): Promise<Response> => this.#patiently(request, undefined);

  /** Send a request for who is signed in. */
  readonly fetch = async (request: Request): Promise<Response> => {
    if (this.#tokens !== undefined && now() >= this.#refreshAt) {
      await this.#refresh(this.#tokens.access);
    }
    const access = this.#tokens?.access;
    const response = await this.#patiently(request, access);
    if (access === undefined || !(await refusesToken(response))) {
      return response;
    }
    await this.#refresh(access);
    return this.#tokens?.access === access ? response : this.#patiently(request, this.#tokens?.access);
  };

  /** Get the next pair, unless another call is doing so or has done so; a session that is over stays as it is. */
  async #refresh(refused: string): Promise<void> {
    if (this.#tokens?.access === refused) {
      this.#refreshing ??= this.#exchange(this.#tokens.refresh).finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
  }

  async #exchange(refresh: string): Promise<void> {
    const request = new Request(this.#refreshUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh }),
    });
    const response = await this.#patiently(request, undefined);
    if (response.ok) {
      this.begin((await response.json()) as Tokens);
    }
  }

  /** Send a request, and once more if the API asks for a pause and nothing can happen twice. */
  async #patiently(request: Request, access: string | undefined): Promise<Response> {
    const response = await this.#send(signed(request, access));
    const pause = PAUSING.includes(response.status) ? retryAfter(response) : undefined;
    if (pause === undefined || pause > (this.#options.longestWait ?? 10)) {
      return response;
    }
    if (response.status === BUSY && request.method !== "GET" && !request.headers.has("Idempotency-Key")) {
      return response;
    }
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
    return this.#send(signed(request, access));
  }

  #keep(tokens: TokenPair | undefined): void {
    this.#tokens = tokens;
    this.#options.onTokens?.(tokens);
  }
}

/** A copy of a request with an access token, so that the request itself can be sent again. */
function signed(request: Request, access: string | undefined): Request {
  const copy = request.clone();
  if (access !== undefined && !copy.headers.has("Authorization")) {
    copy.headers.set("Authorization", `Bearer ${access}`);
  }
  return copy;
}

function now(): number {
  return performance.now() / 1000;
}
