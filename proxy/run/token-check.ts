/** `upgrade-offer doctor --token`: whether the proxy takes a token, and what each claim of it means. */
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Config } from '../config.js';
import { TOKEN_CLOCK_TOLERANCE_SECONDS, TOKEN_LIFE_MAX_MS, TOKEN_LIFE_USUAL_MS } from '../constants.js';
import { RequestError, toProblem } from '../errors.js';
import { toCustomer } from '../identity/claims.js';
import { CLAIMS, createTokenIdentity } from '../identity/identity.js';
import type { Check } from './check.js';

interface TokenCheckOptions {
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** The verdict is the proxy's own. The lines for the claims name every reason, because the verdict names only the first. */
export async function examineToken(
  token: string,
  { identity }: Config,
  { fetch, now }: TokenCheckOptions,
): Promise<Check[]> {
  const identify = createTokenIdentity(identity, { fetch, now, log: SILENT });
  const headers = { authorization: `Bearer ${token.replace(/^bearer /i, '').trim()}` };
  const verdict: Check = await identify(new Request('https://doctor.invalid', { headers })).then(
    () => ({ check: 'Token', result: 'ok', says: 'the proxy takes it' }),
    (error: unknown) => ({ check: 'Token', result: 'wrong', says: `Refused: ${reasonOf(error)}` }),
  );
  const claims = decoded(headers.authorization.slice('Bearer '.length));
  return claims ? [verdict, ...examineClaims(claims, identity, now())] : [verdict];
}

function reasonOf(error: unknown): string {
  if (!(error instanceof RequestError)) throw error;
  const { title, detail } = toProblem(error, '');
  return detail ? `${title} ${detail}` : title;
}

function decoded(token: string): JWTPayload | undefined {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

function examineClaims(claims: JWTPayload, { issuer, audience }: Config['identity'], now: number): Check[] {
  const { customerId, subscriptionId, ...optional } = CLAIMS;
  const own = [customerId, subscriptionId, ...Object.values(optional).filter((name) => claims[name] !== undefined)];
  const known = new Set([...own, 'exp', 'iss', 'aud', 'nbf', 'iat', 'jti']);
  return [
    ...own.map((name) => examineField(name, claims[name])),
    examineEnd(claims.exp, now),
    ...(claims.nbf === undefined ? [] : [examineStart(claims.nbf, now)]),
    ...(issuer ? [examineExpected('iss', [claims.iss], issuer)] : []),
    ...(audience ? [examineExpected('aud', [claims.aud].flat(), audience)] : []),
    ...Object.keys(claims)
      .filter((name) => !known.has(name))
      .map((name): Check => ({
        check: name,
        result: 'warning',
        says: 'The proxy does not read it. Fields of your own belong into custom.',
      })),
  ];
}

/** Alone with ids that are right, so that what is said is about this one. */
function examineField(name: string, value: unknown): Check {
  const flaws: string[] = [];
  try {
    const rest = { [CLAIMS.customerId]: 'any', [CLAIMS.subscriptionId]: 'any' };
    toCustomer({ ...rest, [name]: value }, CLAIMS, (field) => flaws.push(field));
  } catch (error) {
    return { check: name, result: 'wrong', says: error instanceof RequestError ? error.message : reasonOf(error) };
  }
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return flaws.length === 0
    ? { check: name, result: 'ok', says: shown }
    : {
        check: name,
        result: 'warning',
        says:
          name === CLAIMS.preview
            ? `${shown} makes no preview: only the boolean true does.`
            : `${shown}: ${flaws.join(', ')} is left out or cut, because Chargebee would not take it.`,
      };
}

function examineEnd(exp: unknown, now: number): Check {
  const check = 'exp';
  if (typeof exp !== 'number') {
    const says = `It ${exp === undefined ? 'is missing' : 'is not a number'}: without an end a stolen token works for ever.`;
    return { check, result: 'wrong', says };
  }
  const leftMs = exp * 1_000 - now;
  if (leftMs > TOKEN_LIFE_MAX_MS) {
    return { check, result: 'wrong', says: `${exp} must be in seconds, not milliseconds.` };
  }
  const minutes = `${Math.abs(Math.round(leftMs / 60_000))} minutes`;
  const time = new Date(exp * 1_000).toISOString();
  if (leftMs <= -TOKEN_CLOCK_TOLERANCE_SECONDS * 1_000) {
    return { check, result: 'wrong', says: `Ended ${minutes} ago (${time}). Get a new one from your backend.` };
  }
  return leftMs > TOKEN_LIFE_USUAL_MS
    ? { check, result: 'warning', says: `Ends in ${minutes} (${time}). Sign tokens for an hour at most.` }
    : { check, result: 'ok', says: `ends in ${minutes} (${time})` };
}

function examineStart(nbf: number, now: number): Check {
  const isEarly = nbf * 1_000 > now + TOKEN_CLOCK_TOLERANCE_SECONDS * 1_000;
  return {
    check: 'nbf',
    result: isEarly ? 'wrong' : 'ok',
    says: isEarly ? 'It is not valid yet. Compare the clocks of your backend and of the proxy.' : 'has begun',
  };
}

function examineExpected(check: 'iss' | 'aud', seen: readonly unknown[], expected: string): Check {
  const setting = check === 'iss' ? 'IDENTITY_ISSUER' : 'IDENTITY_AUDIENCE';
  return seen.includes(expected)
    ? { check, result: 'ok', says: expected }
    : {
        check,
        result: 'wrong',
        says: `${JSON.stringify(seen[0]) ?? 'It is missing'}: ${setting} expects "${expected}".`,
      };
}
