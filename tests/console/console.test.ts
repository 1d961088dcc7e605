import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system-clock';
import { ConsoleStage, SIZES } from '#tests/console/console-stage';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { findBrowser } from '#tools/browser/find-browser';

/*
 * Goal: an administrator can do the first day's work with the console, in both languages.
 * Method: the built console, served by a real hub under its own content policy, in real Chromium;
 * a terminal that speaks the real wire stands at the door. Pictures go to test-results/console.
 */

const browser = findBrowser();
/** One story in many steps: a slow machine must not lose its thread. */
const STEP = { timeout: 180_000 };
const PASSWORD = '一句只有我记得的话，够长了';

describe.skipIf(browser === undefined)(
  'the console (needs a browser: LINTEL_BROWSER)',
  STEP,
  () => {
    let stage: ConsoleStage;
    let terminal: RawTerminal;
    let personId = '';
    const page = () => stage.page;
    const text = (words: string | RegExp) => page().getByText(words).first();
    const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });

    beforeAll(async () => {
      stage = await ConsoleStage.open(browser?.executablePath ?? '');
      terminal = await new RawTerminal(stage.hub).join();
      await terminal.sendBatch([terminal.genesis()]);
    }, STEP.timeout);
    afterAll(async () => {
      await terminal?.close();
      await stage?.close();
    });

    /** Waits for it; a page that never shows it fails with what was looked for. */
    async function shows(words: string | RegExp): Promise<boolean> {
      await text(words).waitFor();
      return true;
    }

    async function addPerson(number: string, name: string, greeting: string): Promise<void> {
      await button('添加人员').click();
      await page().getByLabel('工号', { exact: true }).fill(number);
      await page().getByLabel('姓名', { exact: true }).fill(name);
      await page().getByLabel('门口称呼').fill(greeting);
      await page().getByLabel('PIN', { exact: true }).fill('260318');
      await button('保存').click();
    }

    test('nothing is shown before somebody signs in, and a wrong password is told calmly', async () => {
      await stage.goTo('#/people');
      await page().getByLabel('管理员').fill('admin');
      await page().getByLabel('密码', { exact: true }).fill('not this one');
      await button('登录').click();
      await text('用户名或密码不正确').waitFor();
      await stage.picture('sign-in-wrong');
      expect(await page().getByRole('navigation').count()).toBe(0);
    });

    test('the first password lets one in only to replace it', async () => {
      const first = stage.hub.firstPassword ?? '';
      await page().getByLabel('密码', { exact: true }).fill(first);
      await button('登录').click();
      await page().getByLabel('现在的密码').fill('not this one');
      await page().getByLabel('新密码', { exact: true }).fill(PASSWORD);
      await page().getByLabel('再输一次').fill(PASSWORD);
      await button('更换并进入').click();
      await text('当前密码不正确').waitFor();
      await stage.picture('first-password-wrong');

      await page().getByLabel('现在的密码').fill(first);
      await button('更换并进入').click();
      await page().getByRole('heading', { name: '人员' }).waitFor();
      expect(await shows('还没有人')).toBe(true);
      await stage.picture('people-empty');
    });

    test('a person is added, and a number somebody has is refused at its field', async () => {
      await addPerson('10032', '陈思远', '思远');
      await page().getByRole('cell', { name: '陈思远' }).waitFor();

      await addPerson('10032', '李雨桐', '雨桐');
      await text('此工号已被使用').waitFor();
      await stage.picture('person-number-taken');
      await page().getByLabel('工号', { exact: true }).fill('10033');
      await button('保存').click();
      await page().getByRole('cell', { name: '李雨桐' }).waitFor();
      expect(await page().getByRole('row').count()).toBe(3); // the heading and two people

      await page().getByLabel('姓名或工号').fill('雨桐');
      await page().getByRole('cell', { name: '陈思远' }).waitFor({ state: 'detached' });
      await page().getByLabel('姓名或工号').fill('');
      personId =
        (await page().getByRole('row', { name: /10032/ }).getAttribute('data-row-key')) ?? '';
      await stage.picture('people');
    });

    test('a punch at the door appears by itself, in the zone of the door', async () => {
      await stage.goTo('#/today');
      await text('今天还没有人打卡').waitFor();
      await text('实时').waitFor();
      await stage.picture('today-empty');

      const now = systemClock().now();
      await terminal.sendBatch([
        terminal.punch(personId, crypto.randomUUID(), now.epochMilliseconds),
      ]);
      const row = page().getByRole('row', { name: /陈思远/ });
      await row.waitFor();
      const wall = now.toZonedDateTimeISO('Asia/Shanghai').toPlainTime();
      expect(await row.textContent()).toContain(wall.toString({ smallestUnit: 'second' }));

      await row.getByRole('button', { name: '查看凭证' }).click();
      await text(`${terminal.logId}:2`).waitFor();
      await stage.picture('today-receipt');
    });

    test('a punch withdrawn at the door is struck, and counts for nobody', async () => {
      await terminal.sendBatch([terminal.entry('void', { punchSeq: 2, reason: 'not-me' })]);
      await page().getByText('不是我').waitFor();
      await text('已撤回').waitFor();
      const figures = await page().locator('.figures dd').allTextContents();
      expect(figures.slice(0, 3)).toEqual(['0', '0', '1']);
    });

    test('the terminal shows its state, and the site can be renamed', async () => {
      await stage.goTo('#/terminals');
      await page().getByRole('cell', { name: 'Front door' }).waitFor();
      await page().getByRole('cell', { name: '有画面' }).waitFor();
      await button('显示加入命令').click();
      await text(stage.hub.joinCode).waitFor();
      await page().getByLabel('中文名').fill('上海新总部');
      await button('保存地点').click();
      expect(await shows('上海新总部')).toBe(true); // the name at the head of the page
      await stage.picture('terminals');
    });

    test('a day without punches says so, and a bad address leads to today', async () => {
      await stage.goTo('#/today/2026-02-28');
      await text('这一天没有打卡').waitFor();
      await stage.picture('another-day');
      await stage.goTo('#/today/2026-02-30');
      await page().getByRole('heading', { name: '今天' }).waitFor();
      expect(await shows('陈思远')).toBe(true);
    });

    test('while the hub is away the page says so, and recovers by itself', async () => {
      await page()
        .getByRole('row', { name: /陈思远/ })
        .waitFor();
      await terminal.close();
      await stage.whileHubIsAway(async () => {
        await text('连接断了，正在重连').waitFor();
        await page().getByRole('link', { name: '人员' }).click();
        await text('连不上中枢').waitFor();
        await stage.picture('hub-away');
      });
      // Nothing is pressed: the page has to notice by itself.
      await page().getByRole('cell', { name: '陈思远' }).waitFor();
      expect(await shows('实时')).toBe(true);
    });

    test('the language is one press away and is remembered', async () => {
      await button('Switch to English').click();
      await page().getByRole('heading', { name: 'People' }).waitFor();
      await page().reload();
      await page().getByRole('heading', { name: 'People' }).waitFor();
      expect(await page().getAttribute('html', 'lang')).toBe('en');
    });

    test.each(['en', 'zh-CN'] as const)('every page keeps its lines in %s', async (language) => {
      const lang = await page().getAttribute('html', 'lang');
      if (lang !== language) await page().locator('header button[lang]').click();
      for (const size of SIZES) {
        await page().setViewportSize(size);
        for (const name of ['today', 'people', 'terminals']) {
          await stage.goTo(`#/${name}`);
          await page().locator('.ant-table-row').first().waitFor();
          await stage.picture(`page-${name}`);
          const overflow = await page().evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
        }
      }
    });

    test('signing out leaves nothing behind', async () => {
      await button('退出').click();
      await page().getByLabel('密码', { exact: true }).waitFor();
      await stage.goTo('#/people');
      await page().getByLabel('密码', { exact: true }).waitFor();
      expect(await page().getByText('陈思远').count()).toBe(0);
    });

    test('no rule of the content policy was broken, no script failed', () => {
      expect(stage.complaints).toEqual([]);
    });
  },
);
