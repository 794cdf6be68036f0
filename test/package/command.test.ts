/** `upgrade-offer <command>`, as an operator types it after `npm install upgrade-offer libsql`. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { runCommand, startCommand } from './command.js';
import manifest from '../../package.json' with { type: 'json' };

const { pageFolder, proxyFolder } = inject('installed');

const SETTINGS = {
  CHARGEBEE_SITE: 'acme-test',
  CHARGEBEE_API_KEY: 'test_sandbox',
  IDENTITY_SECRET: 'for-this-test-only-and-long-enough-for-hs256',
  PORT: '0',
};

describe('the command', () => {
  it('prints its version', async () => {
    expect(await runCommand(pageFolder, ['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });

  it('prints help, also after a command', async () => {
    const { code, out } = await runCommand(pageFolder, ['--help']);
    expect([code, (await runCommand(pageFolder, ['proxy', '--help'])).out]).toEqual([0, out]);
    for (const name of ['proxy', 'doctor', 'reconcile', 'sandbox', 'demo']) {
      expect(out).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
    }
  });

  it.each([[['deploy']], [['toString']], [[]]])('answers %j with the list of commands', async (parameters) => {
    const { code, out, err } = await runCommand(pageFolder, parameters);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^(There is no command "\w+"|Which command\?).* Commands: proxy, .*, demo\./);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('with the driver of its store', () => {
  it('runs the stand-in, and the proxy, the doctor and reconcile against it', async () => {
    const sandboxUrl = new URL(await start(pageFolder, ['sandbox'], { PORT: '0' }).address()).origin;
    const settings = { ...SETTINGS, CHARGEBEE_URL: sandboxUrl };

    const proxyUrl = await start(proxyFolder, ['proxy'], settings).address();
    const doctor = await runCommand(proxyFolder, ['doctor'], settings);
    const reconcile = await runCommand(proxyFolder, ['reconcile', '--dry-run'], settings);
    const settle = await runCommand(proxyFolder, ['reconcile', '--settle', 'offer_1', 'ful_1'], settings);

    const served = await fetch(`${proxyUrl}/upgrade-offer.js`);
    expect([served.status, await served.text()]).toEqual([200, expect.stringContaining('customElements')]);
    expect((await fetch(new URL('/readyz', proxyUrl))).status).toBe(200);
    expect(doctor).toMatchObject({ code: 0, out: expect.stringMatching(/Chargebee key and site +ok/), err: '' });
    expect(reconcile).toEqual({ code: 0, out: 'No fulfillment is open.\n', err: '' });
    expect(settle).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^Failed to settle the offer offer_1: .*\. Run "upgrade-offer reconcile --dry-run".*\n$/,
      ),
    });
  });

  it('runs the demo, and leaves no files where it was started', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-demo-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const url = await start(proxyFolder, ['demo'], { PORT: '0' }, folder).address();
    expect(await (await fetch(url)).text()).toContain('<!doctype html>');
    expect((await fetch(new URL('/upgrade-offer/upgrade-offer.js', url))).status).toBe(200);
    // Only a clone has the page in React.
    const overview = await fetch(new URL('/app/', url));
    const page = await overview.text();
    expect(page).toContain('Open Analytics');
    expect(page).not.toContain('React');
    // A visitor whose first page was this one was once signed in as nobody.
    const headers = { Cookie: overview.headers.getSetCookie().join('; ') };
    expect((await fetch(new URL('/app/api/account', url), { headers })).status).toBe(200);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('without a driver', () => {
  it.each([
    ['libsql', { DATABASE_URL: 'file:data/offers.db' }],
    ['pg', { DATABASE_URL: 'postgres://localhost/offers' }],
  ])('the proxy says in one line to install %s', async (driver, environment) => {
    const { code, out, err } = await runCommand(pageFolder, ['proxy'], { ...SETTINGS, ...environment });
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^Failed to open the store: .*\\. Run: npm install ${driver}\n$`));
  });

  it('the doctor says so together with its other findings', async () => {
    const { code, out } = await runCommand(pageFolder, ['doctor'], {
      ...SETTINGS,
      CHARGEBEE_URL: 'http://127.0.0.1:9',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/Chargebee key and site +wrong/);
    expect(out).toMatch(/Store +wrong +Failed to open the store: .*\. Run: npm install libsql$/m);
  });

  it('the demo says so too, and how npx brings it along', async () => {
    expect(await runCommand(pageFolder, ['demo'], { PORT: '0' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^Failed to start the demo: .* Run: npm install libsql \(or with npx: npx -p upgrade-offer -p libsql upgrade-offer demo\)\n$/,
      ),
    });
  });
});

function start(...command: Parameters<typeof startCommand>) {
  const started = startCommand(...command);
  onTestFinished(() => void started.stop());
  return started;
}
