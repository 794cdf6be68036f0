/** Copies of JSON bodies for the timeline. The originals stay unread. */

/** The JSON body of a request; call it before the body is read. A connection that closes midway counts as no body. */
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

/** The JSON body of a response. */
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
