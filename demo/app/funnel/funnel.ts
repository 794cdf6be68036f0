/**
 * The funnel of the sample app: how many customers have come to each step, in all and by campaign. It counts a customer once
 * for each step, however often they reload. The session says who reports.
 */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import { createSession, type SignedIn } from '../backend/session.js';
import { StepReport, type Counts, type FunnelCounts, type Step } from './step.js';

/** The customers that have come to each step. */
type Reached = Readonly<Record<Step, Set<string>>>;

/** The sandbox has a handful. */
const CAMPAIGNS_KEPT = 50;

export interface FunnelOptions {
  /** The secret of the app's session cookie. */
  readonly sessionSecret: string;
}

/** @returns `POST /steps` and `GET /counts`. */
export function createFunnel({ sessionSecret }: FunnelOptions): Hono<SignedIn> {
  const session = createSession(sessionSecret);
  const all = nobody();
  const campaigns = new Map<string, { title: string; readonly reached: Reached }>();

  function count(customerId: string, { step, campaignId, title = '' }: StepReport): void {
    all[step].add(customerId);
    if (campaignId === undefined || step === 'asked') return;
    if (!campaigns.has(campaignId) && campaigns.size === CAMPAIGNS_KEPT) return;
    const { reached } = campaigns.get(campaignId) ?? { reached: nobody() };
    reached[step].add(customerId);
    campaigns.set(campaignId, { title, reached });
  }

  const app = new Hono<SignedIn>();
  app.use(session.required);

  app.post(
    '/steps',
    validator('json', (body) => {
      const { success, output } = v.safeParse(StepReport, body);
      if (!success) throw new HTTPException(400, { message: 'Send a step that a customer has come to.' });
      return output;
    }),
    (c) => {
      count(c.var.user.customerId, c.req.valid('json'));
      return c.body(null, 204);
    },
  );

  app.get('/counts', (c) => {
    c.header('Cache-Control', 'no-store');
    const byCampaign = [...campaigns].map(([id, { title, reached }]) => ({ id, title, counts: countsOf(reached) }));
    return c.json({ all: countsOf(all), campaigns: byCampaign } satisfies FunnelCounts);
  });

  return app;
}

function nobody(): Reached {
  return {
    asked: new Set(),
    offered: new Set(),
    viewed: new Set(),
    accepted: new Set(),
    fulfilled: new Set(),
    dismissed: new Set(),
  };
}

function countsOf(reached: Reached): Counts {
  const { asked, offered, viewed, accepted, fulfilled, dismissed } = reached;
  return {
    asked: asked.size,
    offered: offered.size,
    viewed: viewed.size,
    accepted: accepted.size,
    fulfilled: fulfilled.size,
    dismissed: dismissed.size,
  };
}
