/**
 * The HTTP surface as an OpenAPI 3.1 document. Every shape comes from `contract.ts` and every status from `errors.ts`. The
 * table below says which route takes and answers which of them; a test compares it with the routes.
 */
import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import * as contract from './contract.js';
import type { ErrorCode } from './contract.js';
import { RequestError, toProblem } from './errors.js';

type SchemaName = keyof typeof contract;

interface Answer {
  readonly is: string;
  readonly schema?: SchemaName;
  /** The media type of an answer that is no shape of the contract. */
  readonly type?: string;
}

interface Operation {
  readonly does: string;
  readonly by: keyof typeof CALLERS;
  readonly takes?: SchemaName;
  readonly query?: Readonly<Record<string, object>>;
  readonly answers: Readonly<Record<number, Answer>>;
  /** In addition to the errors of the caller's credentials, of the body, and of the proxy itself. */
  readonly refuses?: readonly ErrorCode[];
}

/** Who may call, how they identify themselves, and how they are refused. */
const CALLERS = {
  anyone: { proof: undefined, refuses: [] },
  customer: {
    proof: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        "Short-lived, signed by the app. A proxy that is mounted with the app's own `identify` takes what that takes instead, such as a session cookie.",
    },
    refuses: [
      'unauthenticated',
      'token_missing',
      'token_malformed',
      'token_expired',
      'token_signature',
      'token_claim',
      'identity_unavailable',
      'too_many_requests',
    ],
  },
  server: {
    proof: { type: 'http', scheme: 'bearer', description: "The SERVER_KEY, which only the app's backend has." },
    refuses: ['wrong_server_key'],
  },
  billing: {
    proof: { type: 'http', scheme: 'basic', description: 'BILLING_WEBHOOK_USERNAME and BILLING_WEBHOOK_PASSWORD.' },
    refuses: ['wrong_webhook_credentials', 'too_many_requests'],
  },
  growth: {
    proof: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Hub-Signature',
      description: 'Hex HMAC-SHA1 of the body with GROWTH_WEBHOOK_SECRET.',
    },
    refuses: ['wrong_webhook_credentials', 'too_many_requests'],
  },
} as const satisfies Record<string, { proof: object | undefined; refuses: readonly ErrorCode[] }>;

const REPORTED = {
  200: { is: 'Chargebee has it.', schema: 'ReportAnswer' },
  202: { is: 'Stored; Chargebee gets it later.', schema: 'ReportAnswer' },
} as const;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /offers': {
    does: 'Says whether the customer may use a feature, and which offer there is for them now.',
    by: 'customer',
    takes: 'OfferRequest',
    query: { asked: ref('Asked') },
    answers: { 200: { is: 'The offer, or why there is none.', schema: 'OfferAnswer' } },
    refuses: ['context_not_allowed'],
  },
  'POST /offers/{id}/events': {
    does: 'Reports that the customer saw or dismissed the offer.',
    by: 'customer',
    takes: 'OfferEventRequest',
    query: { asked: ref('Asked'), display: ref('Id') },
    answers: { 202: { is: 'Stored; Chargebee gets it later. Of a preview, nothing is stored or sent.' } },
    refuses: ['not_found'],
  },
  'POST /offers/{id}/fulfillments': {
    does: 'Accepts the offer, once, however often it is called.',
    by: 'customer',
    takes: 'FulfillmentRequest',
    answers: { 200: { is: 'Where the acceptance stands.', schema: 'Outcome' } },
    refuses: ['preview', 'not_found', 'offer_expired', 'upstream_busy', 'upstream_refused', 'upstream_unavailable'],
  },
  'GET /fulfillments/{id}': {
    does: 'Says where an acceptance of the customer stands.',
    by: 'customer',
    answers: { 200: { is: 'Where the acceptance stands.', schema: 'Outcome' } },
    refuses: ['preview', 'not_found'],
  },
  'GET /entitlements/{id}': {
    does: 'Says whether the customer may use a feature.',
    by: 'customer',
    query: { used: ref('Used') },
    answers: { 200: { is: 'The access and its level.', schema: 'EntitlementAnswer' } },
    refuses: ['invalid_request', 'not_found'],
  },
  'GET /fulfillments': {
    does: "Lists fulfillments for the app's own jobs, a page at a time.",
    by: 'server',
    query: {
      status: { type: 'string', enum: contract.FulfillmentRecord.entries.status.options },
      customerId: { type: 'string' },
      subscriptionId: { type: 'string' },
      after: ref('Id'),
    },
    answers: { 200: { is: 'One page; `next` leads to the next one.', schema: 'FulfillmentList' } },
    refuses: ['invalid_request'],
  },
  'POST /fulfillments/{id}/complete': {
    does: 'Reports that the app has provisioned what the customer accepted.',
    by: 'server',
    answers: REPORTED,
    refuses: ['not_found', 'not_reportable', 'already_final'],
  },
  'POST /fulfillments/{id}/fail': {
    does: 'Reports that the app could not provision what the customer accepted.',
    by: 'server',
    takes: 'FailureReport',
    answers: REPORTED,
    refuses: ['not_found', 'not_reportable', 'already_final'],
  },
  'POST /webhooks/billing': {
    does: 'Takes an event of Chargebee Billing: the entitlements it concerns are read again.',
    by: 'billing',
    answers: { 204: { is: 'Done, or done before.' } },
    refuses: ['invalid_request', 'too_slow', 'too_large'],
  },
  'POST /webhooks/growth': {
    does: 'Takes a webhook of Chargebee Growth and keeps it for the operator.',
    by: 'growth',
    answers: { 204: { is: 'Kept.' } },
    refuses: ['too_slow', 'too_large'],
  },
  'GET /{file}': {
    does: 'The widget: `upgrade-offer.js` and its chunks.',
    by: 'anyone',
    answers: { 200: { is: 'A script.', type: 'text/javascript' } },
    refuses: ['unknown_route'],
  },
  'GET /openapi.json': {
    does: 'This document.',
    by: 'anyone',
    answers: { 200: { is: 'OpenAPI 3.1.', type: 'application/json' } },
  },
};

export type OpenApi = ReturnType<typeof openApi>;

export function openApi(basePath: string) {
  const paths: Record<string, Record<string, ReturnType<typeof describe>>> = {};
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(method, path, operation) };
  }
  const proofs = Object.entries(CALLERS).filter(([, { proof }]) => proof);
  return {
    openapi: '3.1.0',
    info: {
      title: 'upgrade-offer proxy',
      version: '1',
      description: 'Offers of Chargebee Growth for the customer who asks. Times are Unix milliseconds.',
    },
    servers: [{ url: basePath }],
    paths,
    components: {
      schemas: toJsonSchemaDefs(contract, {
        target: 'draft-2020-12',
        typeMode: 'input',
        // JSON has no infinite number, and trimming does not change the shape.
        ignoreActions: ['finite', 'trim'],
        overrideRef: ({ referenceId }) => schemaPath(referenceId),
      }),
      securitySchemes: Object.fromEntries(proofs.map(([caller, { proof }]) => [caller, proof])),
    },
  };
}

function describe(method: string, path: string, { does, by, takes, query = {}, answers, refuses = [] }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' ? ref('Id') : { type: 'string' },
  }));
  const codes: ErrorCode[] = [
    ...CALLERS[by].refuses,
    ...(by === 'customer' && method === 'POST' ? (['wrong_origin'] as const) : []),
    ...(takes ? (['invalid_request', 'too_slow', 'too_large'] as const) : []),
    ...refuses,
    ...(by === 'anyone' ? [] : (['store_unavailable'] as const)),
    'internal',
  ];
  return {
    summary: does,
    security: CALLERS[by].proof ? [{ [by]: [] }] : [],
    parameters: [...inPath, ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema }))],
    ...(takes && { requestBody: { required: true, content: { 'application/json': { schema: ref(takes) } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, toResponse(answer)])),
      ...toProblems(codes),
    },
  };
}

function toResponse({ is, schema, type }: Answer) {
  if (schema) return { description: is, content: { 'application/json': { schema: ref(schema) } } };
  return { description: is, ...(type && { content: { [type]: {} } }) };
}

/** One response per status, with the codes that it can have. */
function toProblems(codes: readonly ErrorCode[]) {
  const problems = codes.map((code) => toProblem(new RequestError(code), ''));
  const statuses = [...new Set(problems.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const same = problems.filter((problem) => problem.status === status);
      const schema = { ...ref('Problem'), properties: { code: { enum: same.map(({ code }) => code) } } };
      const description = same.map(({ title }) => title).join(' ');
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}

function ref(schema: SchemaName) {
  return { $ref: schemaPath(schema) };
}

function schemaPath(name: string): string {
  return `#/components/schemas/${name}`;
}
