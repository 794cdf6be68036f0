/** Watches the calls of the page to a proxy, for its developer. Nothing of a call is changed, and no token is kept. */

interface Claims {
  readonly sub?: unknown;
  readonly subscription_id?: unknown;
  readonly exp?: unknown;
}

export interface LastCall {
  /** Such as `POST https://app.example/upgrade-offer/offers`. */
  readonly what: string;
  /** The body, as text. */
  readonly sent: string;
  readonly status: number;
  /** Names the answer in the log of the proxy. Absent where something on the way took it out. */
  readonly requestId: string | null;
  /** Whom the token is for. */
  readonly customer: string;
  /** When it ends, by this browser's clock. */
  readonly ends: string;
}

export function watchCalls(isProxys: (url: string) => boolean, onAnswer: (call: LastCall) => void): void {
  const { fetch } = window;
  window.fetch = async (...[input, init]) => {
    const response = await fetch(input, init);
    const { url, method } = new Request(input, { ...init, body: null });
    if (isProxys(url)) {
      const token = claimsOf(new Headers(init?.headers).get('Authorization') ?? undefined);
      onAnswer({
        what: `${method} ${url}`,
        sent: typeof init?.body === 'string' ? JSON.stringify(JSON.parse(init.body), null, 2) : 'nothing',
        status: response.status,
        requestId: response.headers.get('X-Request-Id'),
        customer: token ? customerOf(token) : 'No token was sent: the app itself has to tell the proxy who it is.',
        ends: token ? localEndOf(token) : 'There is none.',
      });
    }
    return response;
  };
}

/** What a JWT says, or nothing. With a module for it that is shared, chunks of two versions could meet. */
function claimsOf(token = ''): Claims | undefined {
  try {
    const part = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

function customerOf({ sub, subscription_id: subscription }: Claims): string {
  return `customer ${sub}, subscription ${subscription}`;
}

function localEndOf({ exp }: Claims): string {
  if (typeof exp !== 'number') return 'never: it has no `exp`';
  const end = new Date(exp * 1_000);
  return `${end.toLocaleString()}${end.getTime() < Date.now() ? ', which is over' : ''}`;
}
