import { describe, expect, test } from 'vitest';

import { EndpointTable } from './endpoint.ts';

describe('EndpointTable', () => {
  const table = new EndpointTable([{ path: '/sync' }]);

  test.each(['/sync', '/sync/', '/sync///'])('finds %s', (path) => {
    expect(table.find(path)?.path).toBe('/sync');
  });

  test('reads a path of slashes in linear time', { timeout: 10_000 }, () => {
    expect(table.find(`${'/'.repeat(1_000_000)}x`)).toBeUndefined();
  });
});
