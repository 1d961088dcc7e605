import { describe, expect, test } from 'vitest';
import { loggedError, loggedRequest } from '#platform/web/request-log';

const request = {
  id: 'req-1',
  method: 'GET',
  url: '/api/v1/people/8d0f9a5e-1111-4222-8333-444455556666/days?name=%E5%B0%8F%E7%8E%8B&token=s3cret',
  routePattern: '/api/v1/people/:personId/days',
};

describe('a request in the log', () => {
  test('shows ids in its path, and no query', () => {
    expect(loggedRequest(request)).toEqual({
      requestId: 'req-1',
      method: 'GET',
      route: '/api/v1/people/:personId/days',
      path: '/api/v1/people/8d0f9a5e-1111-4222-8333-444455556666/days',
    });
  });

  test.each([
    ['/api/v1/people/wangxiaoming/days', 'a name in letters'],
    ['/api/v1/people/%E5%B0%8F%E7%8E%8B1/days', 'a name in Chinese'],
    ['/api/v1/people/xiaowang1@example.com/days', 'an address of a mailbox'],
    [`/api/v1/people/${'1'.repeat(200)}/days`, 'something without end'],
    ['/api/v1/people', 'a path that is shorter'],
  ])('does not show %s: %s', (url) => {
    expect(loggedRequest({ ...request, url }).path).toBe('/api/v1/people/:personId/days');
  });

  test('that no route knows shows nothing of what was made up', () => {
    const strange = { ...request, url: '/小王/password=1', routePattern: undefined };
    expect(loggedRequest(strange)).toMatchObject({ route: '(no route)', path: '(no route)' });
    expect(loggedRequest({ ...request, method: 'G\nT' }).method).toBe('(other)');
  });
});

describe('an error in the log', () => {
  test('shows its kind, its code and its place, and not what it quotes', () => {
    const error = Object.assign(new TypeError('no such person: 小王\nsecond line of 小王'), {
      code: 'SQLITE_CONSTRAINT',
    });
    const logged = loggedError(error);
    expect(logged).toMatchObject({ errorKind: 'TypeError', errorCode: 'SQLITE_CONSTRAINT' });
    expect(logged['errorAt']).toMatch(/^at .*request-log\.test/);
    expect(JSON.stringify(logged)).not.toContain('小王');
  });

  test('may be no error at all', () => {
    expect(loggedError('小王')).toEqual({ errorKind: 'not-an-error' });
    const bare = Object.assign(new Error('x'), { stack: undefined, code: 5 });
    expect(loggedError(bare)).toEqual({ errorKind: 'Error', errorAt: '' });
  });
});
