/** Docker and Kubernetes mount secrets as files, so that they stand in no environment. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../proxy/config.js';
import { readConfig } from '../../../proxy/run/node-config.js';

const IDENTITY_SECRET = 'a secret of at least 32 characters';
const TOKEN = 'a-token-of-at-least-thirty-two-characters';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string): Promise<string> {
  const path = join(folder, `secret-${Math.random()}`);
  await writeFile(path, content);
  return path;
}

function findings(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
  return [];
}

describe('a secret in a file', () => {
  it('is read, each of them, without the line break at its end', async () => {
    const config = readConfig({
      CHARGEBEE_SITE: 'acme',
      CHARGEBEE_API_KEY_FILE: await file('live_key\n'),
      DATABASE_URL_FILE: await file('postgres://user:password@host/offers\n'),
      IDENTITY_SECRET_FILE: await file(`${IDENTITY_SECRET}\r\n`),
      SERVER_KEY_FILE: await file(`${TOKEN}, ${TOKEN}-2`),
      BILLING_WEBHOOK_USERNAME: 'chargebee',
      BILLING_WEBHOOK_PASSWORD_FILE: await file('twelve letters\n\n'),
      GROWTH_WEBHOOK_SECRET_FILE: await file('growth\n'),
      METRICS_TOKEN_FILE: await file(`${TOKEN}\n`),
    });

    expect(config).toMatchObject({
      chargebee: { apiKey: 'live_key' },
      databaseUrl: 'postgres://user:password@host/offers',
      identity: { key: { secrets: [IDENTITY_SECRET] } },
      serverKeys: [TOKEN, `${TOKEN}-2`],
      webhooks: { billing: [{ password: 'twelve letters' }], growthSecrets: ['growth'] },
      metrics: { tokens: [TOKEN] },
    });
  });

  it('that is wrong is named together with everything else, once, without its content or path', async () => {
    const found = findings({
      CHARGEBEE_SITE: 'https://acme',
      CHARGEBEE_API_KEY_FILE: '/run/secrets/live_key_put_here_by_mistake',
      IDENTITY_SECRET: IDENTITY_SECRET,
      IDENTITY_SECRET_FILE: await file(IDENTITY_SECRET),
      SERVER_KEY_FILE: await file('short'),
      GROWTH_WEBHOOK_SECRET_FILE: await file('\n'),
    });

    expect(found.toSorted()).toEqual([
      'CHARGEBEE_API_KEY_FILE names a file that cannot be read (ENOENT)',
      expect.stringMatching(/^CHARGEBEE_SITE is the first part/),
      'GROWTH_WEBHOOK_SECRET_FILE names an empty file',
      'IDENTITY_SECRET and IDENTITY_SECRET_FILE exclude each other: keep one',
      expect.stringMatching(/^SERVER_KEY needs at least 32 characters/),
    ]);
  });

  it('is not also called missing when its file cannot be read', () => {
    expect(
      findings({ CHARGEBEE_SITE: 'acme', CHARGEBEE_API_KEY: 'live_key', IDENTITY_SECRET_FILE: '/nowhere' }),
    ).toEqual(['IDENTITY_SECRET_FILE names a file that cannot be read (ENOENT)']);
  });
});
