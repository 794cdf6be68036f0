import { offers } from '@/lib/offers';
import { customerOfSession } from '@/lib/session';

export async function GET(request: Request): Promise<Response> {
  const customer = await customerOfSession(request.headers.get('Cookie'));
  if (!customer) return new Response('Sign in.', { status: 401 });
  const proxy = await offers.proxy();
  const { access } = await proxy.entitlement(customer, 'advanced-analytics');
  return access === 'granted' ? new Response('the report') : new Response('Not yours.', { status: 403 });
}
