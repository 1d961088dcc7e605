import { type Console, plain } from '#cli/console';
import type { ShellChoice } from '#cli/shell/choose-shell';
import type { HubHostReport } from '#contracts/ipc/hub-host';

type HubReady = Extract<HubHostReport, { t: 'ready' }>;

export interface Announcement {
  /** Absent where the terminal joins a hub elsewhere. */
  readonly hub: HubReady | undefined;
  readonly hubUrl: string;
  readonly shell: ShellChoice;
  /** Opens the kiosk in any browser of this machine; absent in Electron, which needs none. */
  readonly kioskUrl: string | undefined;
  readonly dataFolder: string;
  readonly logFolder: string;
}

/** What was started and where, in as few lines as a newcomer needs. */
export function announce(announcement: Announcement, console: Console): void {
  const { hub, hubUrl, dataFolder, logFolder } = announcement;
  console.say(plain(''));
  console.say({ 'zh-CN': '门楣已启动。', en: 'Lintel is running.' });
  announceKiosk(announcement, console);
  if (hub) {
    announceHub(hub, console);
  } else {
    console.say({ 'zh-CN': `  考勤中心    ${hubUrl}`, en: `  Hub             ${hubUrl}` });
  }
  console.say({ 'zh-CN': `  数据目录    ${dataFolder}`, en: `  Data folder     ${dataFolder}` });
  console.say({ 'zh-CN': `  日志        ${logFolder}`, en: `  Logs            ${logFolder}` });
  console.say({ 'zh-CN': '按 Ctrl-C 全部停止。', en: 'Ctrl-C stops everything.' });
}

function announceKiosk({ shell, kioskUrl }: Announcement, console: Console): void {
  const NAMES = { electron: 'Electron', chromium: 'Chromium', none: '' };
  const name = NAMES[shell.shell];
  const zh = shell.why['zh-CN'];
  if (shell.shell === 'none') {
    console.say({
      'zh-CN': `  终端        ${kioskUrl ?? ''}\n              请在本机浏览器打开；未自动打开：${zh}`,
      en: `  Kiosk           ${kioskUrl ?? ''}\n                  open it in a browser here; not opened by itself: ${shell.why.en}`,
    });
    return;
  }
  console.say({
    'zh-CN': `  终端        ${name} 全屏显示（${zh}）：${shell.executablePath}`,
    en: `  Kiosk           ${name}, full screen (${shell.why.en}): ${shell.executablePath}`,
  });
}

export function announceHub(hub: HubReady, console: Console): void {
  const { consoleUrl, brokerUrl, joinCode, firstPassword } = hub;
  console.say({ 'zh-CN': `  管理后台    ${consoleUrl}`, en: `  Console         ${consoleUrl}` });
  if (firstPassword !== undefined) {
    console.say({
      'zh-CN': `  首次登录    用户名 admin，密码 ${firstPassword}（只显示这一次）`,
      en: `  First sign-in   name admin, password ${firstPassword} (shown only now)`,
    });
  }
  console.say({ 'zh-CN': `  消息服务    ${brokerUrl}`, en: `  Broker          ${brokerUrl}` });
  console.say({ 'zh-CN': `  加入码      ${joinCode}`, en: `  Join code       ${joinCode}` });
}
