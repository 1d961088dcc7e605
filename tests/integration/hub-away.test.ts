/*
 * Goal: whatever happens to hub, broker and network, every greeted punch arrives, once.
 * Method: a real hub, a real broker and real engines in processes of their own; cut, stall, kill;
 * then hold the terminal's disk against the hub's (ledger.ts).
 */
import { describe, expect, test } from 'vitest';
import { FaultyLink } from '#simulators/link/faulty-link';
import { SETTLE, SiteFixture } from '#tests/integration/site-fixture';

const PUNCHES = 12;

describe('a terminal without its hub', () => {
  const fixture = SiteFixture.perTest(3);

  async function doorBehindLink() {
    const link = new FaultyLink({ host: '127.0.0.1', port: fixture.site.brokerPort });
    const port = await link.start();
    const door = fixture.terminal('door', { hubUrl: `mqtt://127.0.0.1:${port}` });
    return { link, door, screen: await fixture.open(door) };
  }

  test('keeps punching while the hub is down; when it is back everything arrives once', async () => {
    const door = fixture.terminal('door');
    const screen = await fixture.open(door);
    await fixture.punch(door, screen, 0);
    await fixture.site.stopHub();
    await expect.poll(() => screen.state?.online, SETTLE).toBe(false);
    for (let i = 0; i < PUNCHES; i += 1) await fixture.punch(door, screen, i);
    await expect.poll(() => screen.state?.waiting, SETTLE).toBeGreaterThanOrEqual(PUNCHES);

    await fixture.site.startHub();
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
    await expect.poll(() => screen.state?.waiting, SETTLE).toBe(0);
  });

  test('a broker that restarts again and again between punches costs nothing', async () => {
    const door = fixture.terminal('door');
    const screen = await fixture.open(door);
    for (let round = 0; round < 3; round += 1) {
      await fixture.punch(door, screen, round);
      await fixture.site.stopHub();
      await fixture.punch(door, screen, round + 1);
      await fixture.site.startHub();
    }
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
  });

  test('acknowledgements that get lost make the terminal send again, and the hub keep one', async () => {
    const { link, door, screen } = await doorBehindLink();
    for (let i = 0; i < 4; i += 1) {
      link.set('deaf');
      await fixture.punch(door, screen, i);
      const heard = () => fixture.punchIdsAtHub().then((ids) => ids.length);
      await expect.poll(heard, SETTLE).toBe(fixture.greeted.size);
      link.set('cut'); // the hub has committed; its answer dies with the connection
      await expect.poll(() => screen.state?.online, SETTLE).toBe(false);
      link.set('open');
      await expect.poll(() => screen.state?.online, SETTLE).toBe(true);
    }
    expect(link.connections).toBeGreaterThan(4);
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
    await link.stop();
  });

  test('a connection that hangs without closing is given up, and nothing is lost in it', async () => {
    const { link, door, screen } = await doorBehindLink();
    link.set('stalled');
    for (let i = 0; i < 4; i += 1) await fixture.punch(door, screen, i);
    link.set('cut');
    await fixture.punch(door, screen, 4);
    link.set('open');
    expect(await fixture.settled()).toEqual([]);
    expect(await fixture.punchIdsAtHub()).toEqual([...fixture.greeted].toSorted());
    await link.stop();
  });
});
