/**
 * Chargebee's error answers: one error class, and one table that maps its code to a status and a type.
 * Codes and statuses come from Chargebee's OpenAPI document, and so do the types of 401. The other types are assumed
 * from its page on errors. The messages are the sandbox's own, except the one for a duplicate acceptance, which Chargebee
 * documents.
 */

const ANSWERS = {
  invalid_request: { status: 400, type: 'invalid_request' },
  param_wrong_value: { status: 400, type: 'invalid_request' },
  duplicate_entry: { status: 400, type: 'invalid_request' },
  resource_limit_exhausted: { status: 400, type: 'invalid_request' },
  resource_limit_exceeded: { status: 400, type: 'invalid_request' },
  configuration_incompatible: { status: 400, type: 'invalid_request' },
  payment_processing_failed: { status: 400, type: 'payment' },
  payment_method_verification_failed: { status: 400, type: 'payment' },
  payment_method_not_present: { status: 400, type: 'payment' },
  payment_gateway_currency_incompatible: { status: 400, type: 'payment' },
  payment_intent_invalid: { status: 400, type: 'payment' },
  payment_intent_invalid_amount: { status: 400, type: 'payment' },
  api_authentication_failed: { status: 401, type: 'untyped' },
  basic_authentication_failed: { status: 401, type: 'untyped' },
  api_authorization_failed: { status: 403, type: 'invalid_request' },
  request_blocked: { status: 403, type: 'operation_failed' },
  resource_not_found: { status: 404, type: 'invalid_request' },
  site_not_found: { status: 404, type: 'invalid_request' },
  http_method_not_supported: { status: 405, type: 'invalid_request' },
  invalid_state_for_request: { status: 409, type: 'invalid_request' },
  unable_to_process_request: { status: 422, type: 'invalid_request' },
  api_request_limit_exceeded: { status: 429, type: 'operation_failed' },
  third_party_api_request_limit_exceeded: { status: 429, type: 'operation_failed' },
  lock_timeout: { status: 429, type: 'operation_failed' },
  internal_error: { status: 500, type: 'operation_failed' },
  internal_temporary_error: { status: 503, type: 'operation_failed' },
  site_not_ready: { status: 503, type: 'operation_failed' },
  site_read_only_mode: { status: 503, type: 'operation_failed' },
  db_connection_failure: { status: 503, type: 'operation_failed' },
} as const;

export type ApiErrorCode = keyof typeof ANSWERS;

export const API_ERROR_CODES = Object.keys(ANSWERS).filter(isApiErrorCode);

function isApiErrorCode(code: string): code is ApiErrorCode {
  return Object.hasOwn(ANSWERS, code);
}

export function statusOfCode(code: ApiErrorCode): number {
  return ANSWERS[code].status;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly param: string | undefined;

  constructor(code: ApiErrorCode, message: string, param?: string) {
    super(message);
    this.code = code;
    this.param = param;
  }
}

/** An error in Chargebee's shape. */
export function errorBody({ code, message, param }: ApiError) {
  return { message, type: ANSWERS[code].type, api_error_code: code, ...(param && { param }) };
}

export function errorAnswer(error: ApiError, headers: Record<string, string> = {}): Response {
  return Response.json(errorBody(error), { status: ANSWERS[error.code].status, headers });
}

/** A 404: there is no resource of that kind with this id. */
export function notFound(what: string, id: string, param: string): ApiError {
  return new ApiError('resource_not_found', `${what} ${JSON.stringify(id)} not found`, param);
}
