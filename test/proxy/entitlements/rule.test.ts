import { describe, expect, it } from 'vitest';
import { isEntitled, isLocked } from '../../../proxy/entitlements/rule.js';
import { AT, CASES } from './cases.js';

describe('what an entitlement allows', () => {
  it.each(CASES)('$is: $allowed', ({ entitlement, status, used = 0, allowed }) => {
    const entitled = isEntitled({ featureId: 'feature', ...entitlement }, { used, at: AT });

    expect(entitled && !isLocked(status)).toBe(allowed);
  });
});
