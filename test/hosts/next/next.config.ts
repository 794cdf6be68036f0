import type { NextConfig } from 'next';

const config: NextConfig = {
  basePath: '/shop',
};

export default config;
