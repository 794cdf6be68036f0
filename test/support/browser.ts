import { fixtureCleanup } from '@open-wc/testing/pure';
import { afterEach } from 'vitest';

afterEach(fixtureCleanup);
