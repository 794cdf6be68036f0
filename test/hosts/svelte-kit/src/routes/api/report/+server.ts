import { error, text } from '@sveltejs/kit';
import { customerOfSession } from '../../../session';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, locals }) => {
  const customer = await customerOfSession(request.headers.get('Cookie'));
  if (!customer) error(401, 'Sign in.');
  const { access } = await locals.proxy.entitlement(customer, 'advanced-analytics');
  if (access !== 'granted') error(403, 'Not yours.');
  return text('the report');
};
