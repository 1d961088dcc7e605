import { expect, test } from 'vitest';
import { rangeFrom } from '#hub/exports/range-header';

test.each<[string | undefined, ReturnType<typeof rangeFrom>, string]>([
  ['bytes=0-3', { first: 0, last: 3 }, 'the beginning'],
  ['bytes=4-', { first: 4, last: 9 }, 'from where it broke off'],
  ['bytes=-3', { first: 7, last: 9 }, 'the end'],
  ['bytes=-30', { first: 0, last: 9 }, 'more than there is'],
  ['bytes=8-99', { first: 8, last: 9 }, 'beyond the end'],
  ['bytes=10-', 'unfit', 'behind the end'],
  ['bytes=-0', 'unfit', 'nothing'],
  ['bytes=5-2', undefined, 'backwards is no range'],
  ['bytes=0-1,3-4', undefined, 'several parts are the whole'],
  ['bytes=-', undefined, 'neither end'],
  ['lines=0-1', undefined, 'another unit'],
  [undefined, undefined, 'no header'],
])('%s of ten bytes is %o: %s', (header, wanted) => {
  expect(rangeFrom(header, 10)).toEqual(wanted);
});
