const TOKEN_REFUSED = "Given token not valid for any token type";
const REQUEST_IDS = ["x-request-id", "x-amzn-requestid", "apigw-requestid"];

/** An answer with another status than 2xx. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Tells errors of one status apart, where the API gives one: a number of the shop, or `"token_not_valid"`. */
  readonly code: number | string | undefined;
  /** What is wrong with each field or parameter, by its name; empty if nothing is. */
  readonly details: Readonly<Record<string, readonly string[]>>;
  /** Names the request in the API's log. */
  readonly requestId: string | undefined;
  /** The seconds after which to try again, where the API asks for a pause. */
  readonly retryAfter: number | undefined;
  /** The whole answer: JSON if it is that, else its text. */
  readonly body: unknown;
  readonly headers: Headers;

  constructor(response: Response, body: unknown) {
    const fields = isRecord(body) ? body : {};
    const details = detailsOf(fields);
    super(`${response.status}: ${sentence(fields, details) ?? response.statusText}`);
    this.status = response.status;
    this.code = typeof fields.code === "number" || typeof fields.code === "string" ? fields.code : undefined;
    this.details = details;
    this.requestId = REQUEST_IDS.map((name) => response.headers.get(name)).find((id) => id !== null) ?? undefined;
    this.retryAfter = retryAfter(response);
    this.body = body;
    this.headers = response.headers;
  }
}

/** The seconds after which the API wants to be asked again. */
export function retryAfter(response: Response): number | undefined {
  const seconds = Number.parseFloat(response.headers.get("retry-after") ?? "");
  return Number.isNaN(seconds) ? undefined : Math.max(seconds, 0);
}

/** Whether the access token was refused, so that a refreshed one may do. */
export async function refusesToken(response: Response): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) {
    return false;
  }
  const body: unknown = await response.clone().json().catch(() => undefined);
  return isRecord(body) && (body.code === "token_not_valid" || body.message === TOKEN_REFUSED);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The messages by field: the shop has them in `details`, the Orders API as the whole body. */
function detailsOf(fields: Record<string, unknown>): Record<string, string[]> {
  const found = isRecord(fields.details) ? fields.details : fields;
  const isMessages = (entry: [string, unknown]): entry is [string, string[]] => Array.isArray(entry[1]);
  const entries = Object.entries(found);
  return entries.every(isMessages) ? Object.fromEntries(entries) : {};
}

function sentence(fields: Record<string, unknown>, details: Record<string, string[]>): string | undefined {
  const told = [fields.detail, fields.message].find((text) => typeof text === "string");
  const listed = Object.entries(details).map(([name, messages]) => `${name}: ${messages.join(" ")}`);
  return told ?? (listed.length > 0 ? listed.join("; ") : undefined);
}
