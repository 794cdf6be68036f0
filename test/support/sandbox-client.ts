/** What a test asks of the sandbox: what it recorded, and to misbehave. */
import type { Fault } from '../../demo/sandbox/faults.js';
import type { SandboxRecords } from '../../demo/sandbox/records.js';
import type { StackAddress } from './stack.js';

type FaultOrder = Pick<Fault, 'operation' | 'kind'> & Partial<Fault>;

export function sandboxOf({ sandboxUrl }: Pick<StackAddress, 'sandboxUrl'>) {
  return {
    /** @param of only what is known to be about this customer. */
    async records(of?: { customerId: string }): Promise<SandboxRecords> {
      const query = of ? `?customer_id=${of.customerId}` : '';
      const response = await fetch(`${sandboxUrl}/sandbox/records${query}`);
      return response.json();
    },
    async misbehave(order: FaultOrder): Promise<void> {
      const body = JSON.stringify(order);
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${sandboxUrl}/sandbox/faults`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(`The sandbox refused the fault: ${await response.text()}`);
    },
    async behave(): Promise<void> {
      await fetch(`${sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
    },
  };
}
