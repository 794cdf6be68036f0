import { offers } from '@/lib/offers';

export const { GET, POST, OPTIONS } = offers;
