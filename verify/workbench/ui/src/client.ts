// How the page asks the program. The functions themselves are made from the
// table of routes in Go: see api.gen.ts.

import { language, t } from "./text";

// ApiError is an answer that could not be given.
export class ApiError extends Error {
  constructor(
    readonly status: number, // of HTTP; 0 when the program did not answer
    readonly what: string,
    readonly hint: string,
    readonly safe: string,
  ) {
    super(what);
  }
}

export interface CallOptions {
  signal?: AbortSignal;
}

type Value = string | number | boolean | null | undefined;

// call asks the program and gives its answer. It throws ApiError, or the
// signal's own error when the question was withdrawn.
export async function call<Out>(
  method: string,
  path: string,
  query: Record<string, Value | readonly Value[]>,
  body: unknown,
  options: CallOptions = {},
): Promise<Out> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== "") search.append(name, String(one));
  const text = search.toString();
  let answer: Response;
  try {
    answer = await fetch(path + (text === "" ? "" : "?" + text), {
      method,
      headers: { "Accept-Language": language(), ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, t("client.silent"), t("client.silentHint"), t("client.silentSafe"));
  }
  if (!answer.ok) throw await failure(answer);
  return (await answer.json()) as Out;
}

async function failure(answer: Response): Promise<ApiError> {
  let said: { error?: string; hint?: string; safe?: string } = {};
  const text = await answer.text();
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    said = { error: text.trim().slice(0, 300) };
  }
  return new ApiError(answer.status, said.error || t("client.answered", { status: String(answer.status) }), said.hint ?? "", said.safe ?? "");
}
