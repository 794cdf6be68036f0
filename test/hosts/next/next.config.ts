import type { NextConfig } from 'next';

const config: NextConfig = {
  basePath: '/shop',
  serverExternalPackages: ['upgrade-offer'],
};

export default config;
