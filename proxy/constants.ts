/** Every number of the proxy: its unit in its name, its reason beside it. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The SDK would wait 80 s. An offer is optional: a page that waits longer than this is better off without one. */
export const OFFER_TIMEOUT_MS = 3 * SECOND_MS;
/** For what the customer asked for, or what nobody waits for. */
export const CALL_TIMEOUT_MS = 10 * SECOND_MS;

/** Two thirds of the 150 calls a minute that Chargebee allows a small plan or a test site; the rest is for billing. */
export const CALLS_PER_MINUTE_DEFAULT = 100;
/** The share of the budget that may be used before a call of this kind waits. */
export const BUDGET_FOR_EVENTS = 0.6;
export const BUDGET_FOR_OFFERS = 0.8;
export const BUDGET_FOR_ENTITLEMENTS = 0.9;
/** Chargebee's window is a minute; it does not always say when it ends. */
export const PAUSE_WITHOUT_RETRY_AFTER_MS = 30 * SECOND_MS;

/** Chargebee sends a webhook again for 3 days and 7 hours, and advises to remember event ids that long. */
export const WEBHOOK_MEMORY_MS = 3 * DAY_MS + 7 * HOUR_MS;
/** A webhook of Billing carries whole resources and lists of subscriptions. */
export const WEBHOOK_BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** What Growth says is kept for the operator to look at, since its form is not documented. */
export const GROWTH_NOTICES_KEPT_MS = 30 * DAY_MS;

/** Several calls may stand behind one answer: a list of entitlements in pages, then the offer. */
export const ANSWER_DEADLINE_MS = CALL_TIMEOUT_MS + 2 * SECOND_MS;

/** Requests are a few ids and custom fields; anything larger is not ours. */
export const BODY_LIMIT_BYTES = 16 * 1024;

/** Two servers' clocks may differ by this much before a token counts as expired. */
export const TOKEN_CLOCK_TOLERANCE_SECONDS = 5;
/** A page asks, reports and accepts with one token within this time; a key that is withdrawn may count as long. */
export const TOKEN_TRUSTED_MS = MINUTE_MS;
/** A few megabytes; beyond that many customers at once, some tokens are verified again. */
export const TOKENS_KEPT = 5_000;
/** HS256 with a shorter secret than its own digest can be guessed. */
export const SECRET_MIN_CHARACTERS = 32;

/** An upgrade made elsewhere shows up within this time even if no webhook says so. */
export const GRANTED_TTL_MS = 5 * MINUTE_MS;
/** Until then the old "yes" is answered at once and a new reading starts behind it. */
export const GRANTED_REVALIDATE_MS = HOUR_MS;
/** A fresh payer must not be told "no" for long. */
export const DENIED_TTL_MS = 20 * SECOND_MS;
/** While Chargebee cannot be reached, what was granted stays granted this long. */
export const GRANTED_STALE_MS = DAY_MS;
/** Chargebee's largest page; its default of 10 would miss features. */
export const ENTITLEMENT_PAGE_SIZE = 100;
/** 400 features is Chargebee's limit for a site, so 4 pages are enough; a list that never ends must not hold us. */
export const ENTITLEMENT_PAGES_MAX = 10;

/** "Nothing to offer" is asked again after this time: a marketer's change shows within it, a busy page costs one call. */
export const NO_OFFER_TTL_MS = MINUTE_MS;

/** Chargebee hears of a dismissal a moment after the customer made it; until it has settled we must not offer the same again. */
export const DISMISSAL_SETTLES_MS = 2 * MINUTE_MS;
/** Where Chargebee takes no events it knows no cooldown either; a day is the least that a customer expects. */
export const UNHEARD_DISMISSAL_MS = DAY_MS;

/** A request that finds an acceptance under way looks again after this time. */
export const ACCEPTANCE_LOOK_MS = 50;
/** An acceptance older than this was abandoned by a crash: longer than the call to Chargebee can take. */
export const ACCEPTANCE_ABANDONED_MS = CALL_TIMEOUT_MS + 5 * SECOND_MS;

/** Many tabs may poll one fulfillment; Chargebee is asked about it at most this often. */
export const FULFILLMENT_FRESH_MS = SECOND_MS;
/** How soon to look again, by the age of the fulfillment: most finish in seconds, the rest can wait. */
export const POLL_STEPS = [
  { untilAgeMs: 15 * SECOND_MS, pollAfterMs: SECOND_MS },
  { untilAgeMs: 2 * MINUTE_MS, pollAfterMs: 3 * SECOND_MS },
  { untilAgeMs: Infinity, pollAfterMs: 15 * SECOND_MS },
] as const;

/** Chargebee fails a fulfillment that nobody finished in 7 days. */
export const EXPIRES_AFTER_MS = 7 * DAY_MS;
/** Time enough for somebody to look before Chargebee gives up. */
export const WARN_AFTER_MS = 5 * DAY_MS;
/** How an operator wants to see the age of what is open. */
export const FULFILLMENT_AGE_STEPS = [
  { age: 'under 1 hour', untilMs: HOUR_MS },
  { age: 'under 1 day', untilMs: DAY_MS },
  { age: 'under 5 days', untilMs: 5 * DAY_MS },
  { age: '5 days and more', untilMs: Infinity },
] as const;
/** How often open fulfillments are looked after, and how long one instance has for it. */
export const RECONCILE_EVERY_MS = HOUR_MS;
export const RECONCILE_LEASE_MS = 10 * MINUTE_MS;

/** How often the store is rid of what can never matter again. */
export const RETENTION_EVERY_MS = HOUR_MS;
/** After its end: whoever asks once more is told how the fulfillment stands, which Chargebee keeps open for 7 days. */
export const ISSUED_OFFERS_KEPT_MS = 8 * DAY_MS;
/** Time enough for an operator to ask why something never reached Chargebee. */
export const DEAD_LETTERS_KEPT_MS = 30 * DAY_MS;

/** More than a customer's tabs can need; less than what would hurt. Per instance. */
export const REQUESTS_PER_CUSTOMER_AND_MINUTE = 240;
export const RATE_WINDOW_MS = MINUTE_MS;

/** Tokens live for minutes: a clock that is further off makes them useless. */
export const CLOCK_SKEW_MAX_MS = 30 * SECOND_MS;

/** After SIGTERM `/readyz` says no for this long before the port closes, so that a load balancer can look away. */
export const DRAIN_MS = SECOND_MS;

/** The longest an answer can take; then what is still connected is cut off. */
export const CLOSE_GRACE_MS = CALL_TIMEOUT_MS + 2 * SECOND_MS;

/** How often connections that have become idle are closed while the server stops. */
export const IDLE_SWEEP_MS = 50;

/** Fetching the identity provider's keys must not hold up a page. */
export const JWKS_TIMEOUT_MS = 3 * SECOND_MS;
/** Keys rotate rarely; an unknown key id is looked for at most this often. */
export const JWKS_COOLDOWN_MS = 30 * SECOND_MS;
export const JWKS_CACHE_MS = 10 * MINUTE_MS;

/** One page of `GET /fulfillments`. */
export const FULFILLMENT_PAGE_SIZE = 100;

/** Longer than a delivery can take, so that no second instance sends the same entry meanwhile. */
export const OUTBOX_LEASE_MS = CALL_TIMEOUT_MS + 10 * SECOND_MS;
export const OUTBOX_BATCH_SIZE = 20;
/** Waits 1, 2, 4 ... seconds between tries, up to the cap. */
export const OUTBOX_FIRST_RETRY_MS = SECOND_MS;
export const OUTBOX_RETRY_CAP_MS = 5 * MINUTE_MS;
/** An event that Chargebee has not taken in a day says nothing about today; it becomes a dead letter. */
export const OUTBOX_EVENT_TTL_MS = DAY_MS;
/** Chargebee fails a fulfillment by itself after 7 days, so a report is tried that long. */
export const OUTBOX_REPORT_TTL_MS = 7 * DAY_MS;
/** Looks for entries that another instance left behind. */
export const OUTBOX_IDLE_MS = 5 * SECOND_MS;

/** The proxy has about 50 different statements; only lists of varying length make more. */
export const STATEMENTS_KEPT = 200;

/** What Chargebee takes at most; longer values are cut. */
export const URL_MAX_CHARACTERS = 250;
export const USER_AGENT_MAX_CHARACTERS = 255;
export const LOCALE_MAX_CHARACTERS = 50;
export const TIMEZONE_MAX_CHARACTERS = 64;

/** A script under a fixed name: soon enough after a deploy, rarely enough for the browser. */
export const WIDGET_ENTRY_MAX_AGE_SECONDS = 300;
/** The document changes with a deploy only. */
export const OPENAPI_MAX_AGE_SECONDS = 300;
/** Chunks carry a hash of their content in their name. */
export const WIDGET_CHUNK_MAX_AGE_SECONDS = (365 * DAY_MS) / SECOND_MS;
