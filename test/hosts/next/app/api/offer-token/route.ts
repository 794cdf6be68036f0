import { SignJWT } from 'jose';
import { customerOfSession } from '@/lib/session';

export async function GET(request: Request): Promise<Response> {
  const customer = await customerOfSession(request.headers.get('Cookie'));
  if (!customer) return new Response('Nobody is signed in.', { status: 401 });
  const token = await new SignJWT({ subscription_id: customer.subscriptionId, external_user_id: customer.userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(customer.customerId)
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(process.env.IDENTITY_SECRET));
  return new Response(token);
}
