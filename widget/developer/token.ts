/** What a token says, and what is no token at all. Read for the developer of the page: only the proxy can check one. */

export interface ReadToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** @returns undefined for what is no JWT. */
export function readToken(token: unknown): ReadToken | undefined {
  const [header, claims] = String(token).split('.').slice(0, 2).map(readPart);
  return header && claims && { header, claims };
}

/** `exp` as a date, or why it is none. */
export function endOf({ claims: { exp } }: ReadToken): string {
  if (typeof exp !== 'number') return 'never: it has no `exp`';
  const end = new Date(exp * 1_000);
  return Number.isNaN(end.getTime()) ? 'in milliseconds, and must be in seconds' : end.toISOString();
}

/** Why this is no JWT, and what to do about it. Quotes nothing of it that could be one. */
export function tokenFlaw(value: unknown): string {
  if (value instanceof Response) return 'It is a response: bring the token in its body.';
  if (typeof value === 'object' && value !== null) {
    return `It is an object (${Object.keys(value).join(', ')}): bring the text in it, such as (await response.json()).token.`;
  }
  const text = String(value).trim();
  if (text.startsWith('<')) {
    return 'It is a page of HTML: the address that it was fetched from answers with a page, such as the one to sign in.';
  }
  if (/^["{[]/.test(text)) return 'It is JSON: bring the text in it, such as (await response.json()).token.';
  if (/^bearer /i.test(text)) return 'Leave out the word "Bearer".';
  if (/\.\.\.|…/.test(text)) return 'It is the placeholder of an example: put in a token that your backend has signed.';
  if (/^(undefined|null|\[object \w+\])$/.test(text)) return `It is the text "${text}", and no token.`;
  if (/[^!-~]/.test(text)) return 'It has blanks, line breaks or letters that no token has.';
  const parts = text.split('.').length;
  if (parts !== 3) return `A token (JWT) has three parts with dots between them; this has ${parts}.`;
  return 'It has the three parts of a token (JWT), but they cannot be read.';
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
    const fields: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isFields(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
