/** Runs a curl command as if pasted into a shell, or with `fetch` where curl is not installed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface CurlAnswer {
  readonly status: number;
  /** Parsed when it is JSON, otherwise text. */
  readonly body: unknown;
}

const run = promisify(execFile);

/** @param changes what to replace in the text before it runs. */
export async function curl(command: string, changes: Readonly<Record<string, string>>): Promise<CurlAnswer> {
  const changed = Object.entries(changes).reduce((text, [from, to]) => text.replaceAll(from, to), command);
  const words = wordsOf(changed);
  const { status, text } = await withCurl(words).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return withFetch(words);
    throw error;
  });
  return { status, body: /^\s*[[{]/.test(text) ? JSON.parse(text) : text };
}

/** The arguments, without `curl` itself. A backslash at the end of a line counts as a space. */
function wordsOf(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g);
  return [...words].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1);
}

async function withCurl(words: readonly string[]) {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--write-out', '\n%{http_code}', ...words]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
}

async function withFetch(words: readonly string[]) {
  const after = (...flags: string[]) => words.find((_, index) => flags.includes(words[index - 1] ?? ''));
  const data = after('--data');
  const [name = '', value = ''] = after('--header')?.split(': ') ?? [];
  const response = await fetch(words.find((word) => word.startsWith('http')) ?? '', {
    method: after('-X') ?? (data === undefined ? 'GET' : 'POST'),
    headers: { Authorization: `Basic ${btoa(after('-u') ?? '')}`, ...(name && { [name]: value }) },
    body: data ?? null,
  });
  return { status: response.status, text: await response.text() };
}
