import type { NextConfig } from 'next';

const config: NextConfig = {
  serverExternalPackages: ['upgrade-offer'],
};

export default config;
