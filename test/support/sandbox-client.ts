/** Controls the sandbox for a test: reads its records, adds faults, and sends webhooks. */
import type { UsageAlert } from '../../demo/sandbox/billing-event.js';
import type { Fault } from '../../demo/sandbox/fault.js';
import type { Playbook } from '../../demo/sandbox/playbook.js';
import type { SandboxRecords } from '../../demo/sandbox/records.js';
import type { Settings, SettingsChange } from '../../demo/sandbox/settings.js';
import type { WebhookSettings } from '../../demo/sandbox/webhooks.js';
import type { StackAddress } from './stack.js';

type FaultOrder = Pick<Fault, 'operation' | 'kind'> & Partial<Fault>;

export function sandboxOf({ sandboxUrl }: Pick<StackAddress, 'sandboxUrl'>) {
  async function post(path: string, order: unknown): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${sandboxUrl}/sandbox/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(order),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
  }

  return {
    /** @param of keeps only what is known to be about this customer. */
    async records(of?: { customerId: string }): Promise<SandboxRecords> {
      const query = of ? `?customer_id=${of.customerId}` : '';
      const response = await fetch(`${sandboxUrl}/sandbox/records${query}`);
      return response.json();
    },
    async settings(): Promise<Settings> {
      return (await fetch(`${sandboxUrl}/sandbox/settings`)).json();
    },
    change: (change: SettingsChange) => post('settings', change),
    /** Puts Chargebee's clock forward. */
    advance: (advanceMs: number) => post('clock', { advanceMs }),
    misbehave: (order: FaultOrder) => post('faults', order),
    async setPlays(change: (plays: Playbook['plays']) => Playbook['plays']): Promise<void> {
      const url = `${sandboxUrl}/sandbox/plays`;
      const current: Playbook = await (await fetch(url)).json();
      const body = JSON.stringify({ ...current, plays: change(current.plays) });
      const response = await fetch(url, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
      if (!response.ok) throw new Error(`The sandbox refused the plays: ${await response.text()}`);
    },
    sendWebhooks: (settings: WebhookSettings) => post('webhooks', settings),
    /** A usage alert is raised or cleared. */
    changeAlert: (change: UsageAlert & { subscription_id: string }) => post('webhooks/alerts', change),
    async behave(): Promise<void> {
      await fetch(`${sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
    },
  };
}
