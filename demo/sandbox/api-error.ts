/**
 * Chargebee's error answers: one error class, and one table that maps its code to a status and a type.
 * Codes, statuses and types come from Chargebee's OpenAPI document. The messages are the sandbox's own, except the one
 * for a duplicate acceptance, which Chargebee documents.
 */

const ANSWERS = {
  invalid_request: { status: 400, type: 'invalid_request' },
  param_wrong_value: { status: 400, type: 'invalid_request' },
  api_authentication_failed: { status: 401, type: 'untyped' },
  resource_not_found: { status: 404, type: 'invalid_request' },
  http_method_not_supported: { status: 405, type: 'invalid_request' },
  invalid_state_for_request: { status: 409, type: 'invalid_request' },
  api_request_limit_exceeded: { status: 429, type: 'operation_failed' },
  internal_error: { status: 500, type: 'operation_failed' },
  internal_temporary_error: { status: 503, type: 'operation_failed' },
} as const;

export type ApiErrorCode = keyof typeof ANSWERS;

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
