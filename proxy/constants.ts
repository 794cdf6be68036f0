/** Every number of the proxy, by subject: the unit is in the name, the reason is in the comment. */

const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

// --- Calls to Chargebee -----------------------------------------------------------------------------------------------

/** The SDK would wait 80 s. An offer is optional: a page that waits longer than this is better off without one. */
export const OFFER_TIMEOUT_MS = 3 * SECOND_MS;
/** For calls that a customer asked for, and for calls that nobody waits for. */
export const CALL_TIMEOUT_MS = 10 * SECOND_MS;

/** To each of Chargebee's two hosts. Without an end, a Chargebee that hangs would use up the process's file descriptors. */
export const UPSTREAM_CONNECTIONS_MAX = 64;

/** Two thirds of the 150 calls a minute that Chargebee allows a small plan or a test site. The rest is for billing. */
export const CALLS_PER_MINUTE_DEFAULT = 100;
/** The share of the budget up to which a call of each kind is made. */
export const BUDGET_FOR_SWEEPS = 0.5;
export const BUDGET_FOR_EVENTS = 0.6;
export const BUDGET_FOR_PRICES = 0.7;
export const BUDGET_FOR_OFFERS = 0.8;
export const BUDGET_FOR_ENTITLEMENTS = 0.9;
/**
 * Calls that nobody waits for are spread over the minute, this much ahead of its clock: a quiet site sends an event at once,
 * and a backlog takes a fifth of the budget at the turn of the minute.
 */
export const PACE_AHEAD_MS = 20 * SECOND_MS;
/** The share of the budget that one user, and one customer with all its users, may cause. Others keep the rest. */
export const BUDGET_PER_USER = 0.3;
export const BUDGET_PER_CUSTOMER = 0.4;
/** A customer who has used up that share can still accept: this much of the budget is for acceptances alone. */
export const BUDGET_FOR_ACCEPTANCES = 0.1;
/** A page with three gates that is loaded three times: whatever the budget is, nobody gets less. */
export const CALLS_CAUSED_AT_LEAST = 10;
/** The share of a limit that an instance counts in its memory alone, before it tells the others. */
export const CALLS_CAUSED_UNSHARED = 0.1;
/** The clocks of two instances may differ by this much before each counts calls by its own minute. */
export const CLOCKS_APART_MAX_MINUTES = 2;
/** Chargebee's window is a minute, and a 429 does not always say when it ends. */
export const PAUSE_WITHOUT_RETRY_AFTER_MS = 30 * SECOND_MS;
/** Chargebee's window is a minute, so a longer `Retry-After` is an error, and a shorter one would be a tight loop. */
export const RETRY_AFTER_MIN_MS = SECOND_MS;
export const RETRY_AFTER_MAX_MS = 5 * MINUTE_MS;
/** After a pause, one call goes ahead of the others. If its process dies meanwhile, the next one goes after this time. */
export const PROBE_MS = CALL_TIMEOUT_MS + 2 * SECOND_MS;
/** Two requests wanted one resource at Chargebee (`lock_timeout`). Nothing was done, and a moment later it is free. */
export const LOCK_RETRIES = 2;
export const LOCK_RETRY_MS = 300;

/** Chargebee's limits; longer values are cut. */
export const URL_MAX_CHARACTERS = 250;
export const USER_AGENT_MAX_CHARACTERS = 255;
export const LOCALE_MAX_CHARACTERS = 50;
export const TIMEZONE_MAX_CHARACTERS = 64;

// --- HTTP -------------------------------------------------------------------------------------------------------------

/** One answer may need several calls, such as a list of entitlements in pages and then the offer. */
export const ANSWER_DEADLINE_MS = CALL_TIMEOUT_MS + 2 * SECOND_MS;
/** A request is a few ids and custom fields. */
export const BODY_LIMIT_BYTES = 16 * 1024;
/** A few kilobytes over a bad connection. Less than `ANSWER_DEADLINE_MS`, because a slow client is no fault of Chargebee. */
export const BODY_TIMEOUT_MS = 5 * SECOND_MS;
/** A webhook of Billing carries whole resources and lists of subscriptions. */
export const WEBHOOK_BODY_LIMIT_BYTES = 2 * 1024 * 1024;
/** Per instance. More than a user's tabs need, and less than what would hurt. */
export const REQUESTS_PER_USER_AND_MINUTE = 240;
/** If the users are not known, a customer may be a company of some hundred people. */
export const REQUESTS_PER_CUSTOMER_AND_MINUTE = 20 * REQUESTS_PER_USER_AND_MINUTE;
export const RATE_WINDOW_MS = MINUTE_MS;

/** Of one kind of webhook, per instance. Chargebee has the right ones; a typing mistake of the operator needs a few. */
export const WRONG_CREDENTIALS_PER_MINUTE = 60;
/** Together with that limit: guessing would take longer than anybody lives. */
export const WEBHOOK_PASSWORD_MIN_CHARACTERS = 12;

/** A script under a fixed name: short enough that browsers notice a deployment, long enough to save requests. */
export const WIDGET_ENTRY_MAX_AGE_SECONDS = 300;
/** Chunks carry a hash of their content in their name. */
export const WIDGET_CHUNK_MAX_AGE_SECONDS = (365 * DAY_MS) / SECOND_MS;
/** Since their version last ran: the tabs that people keep open over a weekend, and a deployment that is taken back. */
export const WIDGET_CHUNK_KEPT_MS = 7 * DAY_MS;
/** The API document changes with a deployment only. */
export const OPENAPI_MAX_AGE_SECONDS = 300;

// --- Identity ---------------------------------------------------------------------------------------------------------

/** The clocks of two servers may differ by this much before a token counts as expired. */
export const TOKEN_CLOCK_TOLERANCE_SECONDS = 5;
/** A page asks, reports and accepts with one token within this time. A key that is withdrawn stays valid for as long. */
export const TOKEN_TRUSTED_MS = MINUTE_MS;
/** A few megabytes. With more customers than this at once, some tokens are verified again. */
export const TOKENS_KEPT = 5_000;
/** An HS256 secret shorter than its digest can be guessed. */
export const SECRET_MIN_CHARACTERS = 32;
/** Reading the identity provider's keys must not hold up a page. */
export const JWKS_TIMEOUT_MS = 3 * SECOND_MS;
/** Keys rotate rarely, so an unknown key id is looked up at most this often. */
export const JWKS_COOLDOWN_MS = 30 * SECOND_MS;
export const JWKS_CACHE_MS = 10 * MINUTE_MS;
/** While the identity provider is away, the keys that it had last stay good for this long. */
export const JWKS_KEPT_MS = DAY_MS;
/** A token is a short-lived proof. One that lives longer is taken, and said once in the log. */
export const TOKEN_LIFE_USUAL_MS = HOUR_MS;
/** Longer than any session. Beyond it, `exp` was written in milliseconds, and the token would never end. */
export const TOKEN_LIFE_MAX_MS = 400 * DAY_MS;
/** How many different origins that were refused are named in the log. */
export const ORIGINS_SAID = 100;
/** How many different fields of identities are named in the log. */
export const FLAWS_SAID = 100;
/** Chargebee's limits of what it takes about a person. */
export const EMAIL_MAX_CHARACTERS = 70;
export const PERSON_NAME_MAX_CHARACTERS = 150;
export const ROLE_MAX_CHARACTERS = 50;
export const USER_ID_MAX_CHARACTERS = 50;

// --- Entitlements -----------------------------------------------------------------------------------------------------

/** An upgrade made elsewhere shows up within this time even without a webhook. */
export const GRANTED_TTL_MS = 5 * MINUTE_MS;
/** Until then a cached "yes" is answered at once, while the list is read again in the background. */
export const GRANTED_REVALIDATE_MS = HOUR_MS;
/** If Chargebee cannot be reached, a "yes" stays valid this long. */
export const GRANTED_STALE_MS = DAY_MS;
/** Somebody who has just paid must not get a "no" for long. */
export const DENIED_TTL_MS = 20 * SECOND_MS;
/** How long a page waits for Chargebee when the store still has a "yes". */
export const ENTITLEMENT_PATIENCE_MS = 300;
/** After a failure Chargebee is not asked again for this long, so that an outage costs no call per page view. */
export const ENTITLEMENT_FAILURE_KEPT_MS = 10 * SECOND_MS;
/** The same after a refusal, such as a subscription that Chargebee does not know. */
export const ENTITLEMENT_REFUSAL_KEPT_MS = MINUTE_MS;
/** Chargebee's largest page. Its default of 10 would miss features. */
export const ENTITLEMENT_PAGE_SIZE = 100;
/** Chargebee allows 400 features per site, which is 4 pages. The limit ends a list that never ends. */
export const ENTITLEMENT_PAGES_MAX = 10;
/** Chargebee repeats a webhook for 3 days and 7 hours, and advises to remember event ids that long. */
export const WEBHOOK_MEMORY_MS = 3 * DAY_MS + 7 * HOUR_MS;

/** Longer than any period over which usage is counted: then its webhook "within limit" was lost. */
export const ALARM_KEPT_MS = 400 * DAY_MS;

/** How often the list of the site's features is read at most, per instance: a feature that is new is known within this time. */
export const FEATURES_KEPT_MS = MINUTE_MS;
/** The same after a failure: most are refusals to an API key that may not read features. */
export const FEATURES_FAILURE_KEPT_MS = 10 * MINUTE_MS;
/** How long an offer waits for that list: as long as for Chargebee to name the offer. */
export const FEATURES_PATIENCE_MS = OFFER_TIMEOUT_MS;
/** A webhook that names more subscriptions or customers makes every list old: one statement instead of thousands. */
export const WEBHOOK_IDS_MAX = 50;

// --- Offers -----------------------------------------------------------------------------------------------------------

/** How long "no offer" is cached: a marketer's change shows within this time, and a busy page costs one call. */
export const NO_OFFER_TTL_MS = MINUTE_MS;
/** How long a question that Chargebee refused is not asked again: it would be refused again. */
export const REFUSED_QUESTION_TTL_MS = MINUTE_MS;
/** The same for a question that got no answer: Chargebee may be back soon, but each page would wait for the time-out. */
export const UNANSWERED_QUESTION_TTL_MS = 10 * SECOND_MS;
/**
 * How long a preview is shown what Chargebee answered, per instance: a page asks again when its tab comes back. A marketer's
 * change shows within this time.
 */
export const PREVIEW_TTL_MS = MINUTE_MS;
export const PREVIEWS_KEPT = 100;
/** How long an offer waits for the app's own `price`: it is shown without one rather than late. */
export const PRICE_PATIENCE_MS = 300;
/** A price that changes shows within this time; a page that asks often costs one question. Per instance. */
export const PRICE_KEPT_MS = 10 * MINUTE_MS;
/** The same for a price that did not come. */
export const PRICE_FAILURE_KEPT_MS = 10 * SECOND_MS;
/** The same for one that Chargebee refuses to estimate: it would refuse again until somebody has corrected the item prices. */
export const PRICE_REFUSAL_KEPT_MS = MINUTE_MS;
/** A megabyte or two. With more at once, some are asked for again. */
export const PRICES_KEPT = 5_000;
/** Two lines under a button. */
export const PRICE_MAX_CHARACTERS = 150;
/** After an offer has ended, its customer can still ask how the fulfillment stands, which Chargebee keeps open for 7 days. */
export const ISSUED_OFFERS_KEPT_MS = 8 * DAY_MS;
/** Chargebee gets a dismissal a moment later than the proxy. Until it is processed, the same offer must not be shown. */
export const DISMISSAL_SETTLES_MS = 2 * MINUTE_MS;
/** If Chargebee takes no events, it knows of no cooldown either. A day is the least that a customer expects. */
export const UNHEARD_DISMISSAL_MS = DAY_MS;
/** More dismissals of one offer than a user can make within a day. */
export const DISMISSALS_COMPARED = 50;
/** How exact the time is at which support sees that a subscription was told the same again. */
export const TRACE_AGAIN_MS = MINUTE_MS;
/** How many traces an instance remembers to have written: a few megabytes. With more at once, some are written again. */
export const TRACES_REMEMBERED = 10_000;
/** Time enough for a customer to complain, and for support to look. */
export const TRACES_KEPT_MS = 30 * DAY_MS;

// --- Fulfillments -----------------------------------------------------------------------------------------------------

/** How often a request looks again while another one accepts the same offer. */
export const ACCEPTANCE_LOOK_MS = 50;
/** Nobody reads the answer of a request that looks for longer. A count, because clocks can jump. */
export const ACCEPTANCE_LOOKS_MAX = ANSWER_DEADLINE_MS / ACCEPTANCE_LOOK_MS;
/**
 * A crash has abandoned an acceptance that was begun further away than this, in the past or in the future. Longer than the
 * call to Chargebee can take, and by more than the clocks of two instances may differ.
 */
export const ACCEPTANCE_ABANDONED_MS = CALL_TIMEOUT_MS + 50 * SECOND_MS;
/** A customer may try again at once after a lost answer. After another one, Chargebee is left alone for this long. */
export const ACCEPTANCE_TRIES_AT_ONCE = 2;
export const ACCEPTANCE_REST_MS = MINUTE_MS;
/** What Chargebee refuses to accept is not sent again for this long, however often the customer clicks. */
export const ACCEPTANCE_REFUSED_MS = 30 * SECOND_MS;
/** The same for an acceptance that found no room at Chargebee and does not say for how long. */
export const ACCEPTANCE_BUSY_MS = 2 * SECOND_MS;
/** Chargebee may list an offer for a moment after it was accepted and carried out; it must not be shown as a new one. */
export const ACCEPTANCE_SETTLES_MS = 2 * MINUTE_MS;
/**
 * How soon to poll again, by the age of the fulfillment: most end within seconds, and the others can wait. Many tabs may
 * poll one fulfillment; Chargebee is asked about it no more often than this.
 */
export const POLL_STEPS = [
  { untilAgeMs: 15 * SECOND_MS, pollAfterMs: SECOND_MS },
  { untilAgeMs: 2 * MINUTE_MS, pollAfterMs: 3 * SECOND_MS },
] as const;
export const POLL_SLOWEST_MS = 15 * SECOND_MS;
/** One page of `GET /fulfillments`. */
export const FULFILLMENT_PAGE_SIZE = 100;

/** Chargebee fails a fulfillment that nobody finished within 7 days. */
export const EXPIRES_AFTER_MS = 7 * DAY_MS;
/** Early enough for somebody to act before Chargebee gives up. */
export const WARN_AFTER_MS = 5 * DAY_MS;
/** How often open fulfillments are looked after, by one of the instances. */
export const RECONCILE_EVERY_MS = HOUR_MS;
/** The ages by which the metrics group open fulfillments. */
export const FULFILLMENT_AGE_STEPS = [
  { age: 'under 1 hour', untilMs: HOUR_MS },
  { age: 'under 1 day', untilMs: DAY_MS },
  { age: 'under 5 days', untilMs: 5 * DAY_MS },
  { age: '5 days and more', untilMs: Infinity },
] as const;

// --- Events -----------------------------------------------------------------------------------------------------------

/** Longer than a delivery can take, which is two calls, so that no second instance sends the same entry meanwhile. */
export const OUTBOX_LEASE_MS = 2 * CALL_TIMEOUT_MS + 10 * SECOND_MS;
export const OUTBOX_BATCH_SIZE = 20;
/** The steps between attempts are 1, 2, 4 ... seconds, up to the cap. */
export const OUTBOX_FIRST_RETRY_MS = SECOND_MS;
export const OUTBOX_RETRY_CAP_MS = 5 * MINUTE_MS;
/** How often a site that refuses offer events is asked whether somebody has enabled them. */
export const EVENTS_OFF_RETRY_MS = HOUR_MS;
/** An event that Chargebee has not taken within a day is out of date; it becomes a dead letter. */
export const OUTBOX_EVENT_TTL_MS = DAY_MS;
/** Chargebee itself fails a fulfillment after 7 days, so a report is tried for as long. */
export const OUTBOX_REPORT_TTL_MS = 7 * DAY_MS;
/** How often to look for entries that another instance left behind. */
export const OUTBOX_IDLE_MS = 5 * SECOND_MS;
/** Time enough for an operator to ask why something never reached Chargebee. */
export const DEAD_LETTERS_KEPT_MS = 30 * DAY_MS;
/** Webhooks of Growth are kept for the operator to read, because their form is not documented. */
export const GROWTH_NOTICES_KEPT_MS = 30 * DAY_MS;

// --- Store ------------------------------------------------------------------------------------------------------------

/** The clocks of two instances may differ by this much; a time in the store further ahead comes from a wrong clock. */
export const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;
/** How often rows that nothing can need any more are removed. */
export const RETENTION_EVERY_MS = HOUR_MS;
/** When an instance first looks whether shared work is due: its first requests go first, and many instances live only for minutes. */
export const SHARED_WORK_FIRST_LOOK_MS = 30 * SECOND_MS;
export const SHARED_WORK_LOOK_MS = 5 * MINUTE_MS;
/** The proxy has about 50 different statements; only lists of varying length add more. */
export const STATEMENTS_KEPT = 200;
/** A database that restarts, or whose standby takes over, is often back by then. */
export const STORE_RETRY_AFTER_MS = 2 * SECOND_MS;
/** How often an instance tries to write what only it knows: for a minute, which is longer than a failover takes. */
export const STORE_WRITES_LATER = MINUTE_MS / STORE_RETRY_AFTER_MS;
/** Per instance. PostgreSQL allows 100 in all by default. */
export const STORE_CONNECTIONS_DEFAULT = 10;
/** How long a connection or a query may take. The proxy's own queries take milliseconds; deleting many old rows takes longer. */
export const STORE_TIMEOUT_DEFAULT_SECONDS = 3;
/** How much earlier PostgreSQL gives up a query than the proxy does, so that the connection can be used again. */
export const STORE_TIMEOUT_MARGIN_MS = 500;
/** A firewall forgets a silent connection after a few minutes, and a dead host shows only when it is asked. */
export const STORE_KEEP_ALIVE_MS = 10 * SECOND_MS;
/** An idle connection is closed after this time. */
export const STORE_IDLE_MS = 30 * SECOND_MS;
/** Then a connection is replaced, which finds out about a host name that has moved. */
export const STORE_CONNECTION_LIFE_SECONDS = (30 * MINUTE_MS) / SECOND_MS;
/** How often the proxy looks whether another process has released a SQLite file, and for how long. */
export const SQLITE_LOCK_LOOK_MS = 20;
export const SQLITE_LOCK_WAIT_MS = 3 * SECOND_MS;
/** Another instance may be building an index in a large file meanwhile. */
export const SQLITE_START_WAIT_MS = 30 * SECOND_MS;

// --- The process ------------------------------------------------------------------------------------------------------

/** `/readyz` says no after this time: balancers wait for two seconds or more. */
export const READY_TIMEOUT_MS = 1.5 * SECOND_MS;
/**
 * After SIGTERM, `/readyz` answers 503 for this long before the port closes. Load balancers ask every 5 seconds, and Docker
 * kills after 10.
 */
export const DRAIN_DEFAULT_SECONDS = 6;
/** Balancers keep a connection for 60 seconds. If the proxy closed it first, a request on its way would be lost. */
export const KEEP_ALIVE_DEFAULT_SECONDS = 75;
/** Longer than an answer can take. Connections that are still open after it are cut. */
export const CLOSE_GRACE_MS = ANSWER_DEADLINE_MS + 3 * SECOND_MS;
/** How often connections that have become idle are closed while the server stops. */
export const IDLE_SWEEP_MS = 50;
/** Some 20 lines. */
export const LOG_CHUNK_BYTES = 4_096;
/** An operator who watches the log sees a line this much later. */
export const LOG_FLUSH_MS = 100;
/** From an answer out of the store to the deadline of an answer, and the time-outs of calls in between. */
export const DURATION_BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 5, 10, 12];
/** Tokens live for minutes, so a clock that is further off makes them useless. */
export const CLOCK_SKEW_MAX_MS = 30 * SECOND_MS;
