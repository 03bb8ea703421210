import { ApiError } from "./errors.js";

/** A call of openapi-fetch. */
export type Call<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>;

/**
 * Return what a call answers.
 *
 * @throws {ApiError} the API refuses it.
 */
export async function answer<Data>(call: Call<Data>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new ApiError(response, error);
  }
  return data as Data;
}
