/** Copies of what passes by, for the timeline; whom it is meant for gets it untouched. */

/** The JSON body of a request, before anybody else reads it. Whoever hangs up in the middle of it has sent none. */
export async function bodyOf(request: Request): Promise<unknown> {
  return request.body
    ? parsed(
        await request
          .clone()
          .text()
          .catch(() => ''),
      )
    : undefined;
}

/** The JSON body of an answer. */
export async function answerOf(response: Response): Promise<unknown> {
  return response.body ? parsed(await response.clone().text()) : undefined;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
