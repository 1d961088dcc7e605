/*
 * Goal: what is punched at a door shows in the day it belongs to, and a day over which every door has
 * reported is no longer waited for.
 * Method: a real hub and real engines; rules set as an administrator sets them.
 */
import { describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system-clock';
import { SETTLE, SiteFixture } from '#tests/integration/site-fixture';

describe('two doors and a rule', () => {
  const fixture = SiteFixture.perTest(2);

  test('a punch becomes part of today; the day before last is settled once both reported', async () => {
    const { administrator } = fixture.site;
    const doors = [fixture.terminal('north'), fixture.terminal('south')];
    const screens = [];
    for (const door of doors) screens.push(await fixture.open(door));
    const today = systemClock().now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
    const dates = [today.subtract({ days: 2 }).toString(), today.toString()] as const;
    await administrator.publishRule('free', { kind: 'free' }, dates[0]);
    for (const [index, door] of doors.entries()) {
      const screen = screens[index];
      if (screen !== undefined) await fixture.punch(door, screen, index);
    }
    expect(await fixture.settled()).toEqual([]);

    const statesOn = async (date: string) => {
      const { days } = await administrator.days(date, date);
      return days.map((day) => [day.state, day.punches.length]);
    };
    const settled = ['provisional', 0];
    await expect.poll(() => statesOn(dates[0]), SETTLE).toEqual([settled, settled]);
    const punched = ['open', 1];
    await expect.poll(() => statesOn(dates[1]), SETTLE).toEqual([punched, punched]);
  });
});
