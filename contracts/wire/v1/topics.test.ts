import { describe, expect, test } from 'vitest';
import { ALL_UP_FILTER, parseUpTopic, UP_CLASSES, upTopic } from '#contracts/wire/v1/topics';

const ID = 't-abcdefgh234567ab';

describe('the topics', () => {
  test.each(UP_CLASSES)('up/%s is read back as written', (of) => {
    expect(parseUpTopic(upTopic(ID, of))).toEqual({ terminal: ID, of });
  });

  test.each([
    ['a wildcard', ALL_UP_FILTER],
    ['an unknown class', `lintel/1/t/${ID}/up/shell`],
    ['a downward topic', `lintel/1/t/${ID}/dn/log`],
    ['another version', `lintel/2/t/${ID}/up/log`],
    ['one level too many', `lintel/1/t/${ID}/up/log/x`],
    ['an id of another shape', 'lintel/1/t/../up/log'],
    ['nothing', ''],
  ])('%s is none of ours', (_reason, topic) => {
    expect(parseUpTopic(topic)).toBeUndefined();
  });
});
