import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { findBrowser } from '#browser/find-browser';
import { plain } from '#cli/console';
import { type Finding, fail, fine, warn } from '#cli/doctor/finding';
import { findElectron } from '#cli/shell/find-electron';

const NODE_API_NEEDED = 10;
const GIB = 1024 ** 3;
/** A year of punches of 500 people is under 1 GiB, models and logs included. */
const DISK_WARN_BYTES = 2 * GIB;
/** Below this the next update or backup fails. */
const DISK_FAIL_BYTES = 0.25 * GIB;

export function checkNode(): Finding {
  const found = plain(`Node ${process.version}, Node-API ${process.versions['napi'] ?? '?'}`);
  const works = 'Temporal' in globalThis && Number(process.versions['napi']) >= NODE_API_NEEDED;
  if (works) return fine('node', found);
  return fail('node', found, {
    'zh-CN': '请运行 npm ci（会装好 Node 26），或自行安装 Node 26。',
    en: 'Run npm ci, which brings Node 26, or install Node 26.',
  });
}

/** Cameras are files on Linux; elsewhere only the browser knows, and asks the person. */
export function checkCamera(devices = '/dev'): Finding {
  if (process.platform !== 'linux') {
    return warn(
      'camera',
      { 'zh-CN': '此系统上无法从命令行检查', en: 'cannot be checked from here on this system' },
      {
        'zh-CN': '打开终端界面后看是否有画面。',
        en: 'Open the kiosk and see whether it shows a picture.',
      },
    );
  }
  const cameras = readdirSync(devices).filter((name) => /^video\d+$/.test(name));
  if (cameras.length === 0) {
    return warn(
      'camera',
      { 'zh-CN': '没有找到摄像头', en: 'no camera found' },
      {
        'zh-CN': '请接上 USB 摄像头；没有摄像头时仍可用 PIN 打卡。',
        en: 'Plug in a USB camera; without one people can still punch with a PIN.',
      },
    );
  }
  const shut = cameras.filter((name) => !isReadable(`${devices}/${name}`));
  if (shut.length < cameras.length) return fine('camera', plain(cameras.join(', ')));
  const { username } = userInfo();
  return fail(
    'camera',
    { 'zh-CN': `无权读取 ${shut.join('、')}`, en: `no permission to read ${shut.join(', ')}` },
    {
      'zh-CN': `请运行 sudo usermod -aG video ${username}，然后重新登录。`,
      en: `Run sudo usermod -aG video ${username}, then sign in again.`,
    },
  );
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

export function checkDisplay(): Finding {
  if (hasDisplay()) {
    return fine('display', plain(process.env['WAYLAND_DISPLAY'] ?? process.env['DISPLAY'] ?? 'ok'));
  }
  return warn(
    'display',
    { 'zh-CN': '没有图形界面（DISPLAY 未设置）', en: 'no display (DISPLAY is not set)' },
    {
      'zh-CN': '在图形桌面里启动，或在另一台设备上打开启动时给出的网址。',
      en: 'Start from a graphical session, or open the address that start prints.',
    },
  );
}

export function checkShell(): Finding {
  const electron = findElectron();
  const browser = findBrowser();
  if (electron) return fine('shell', plain(`Electron: ${electron}`));
  if (browser) return fine('shell', plain(browser.executablePath));
  return warn(
    'shell',
    { 'zh-CN': '既没有 Electron，也没有浏览器', en: 'neither Electron nor a browser' },
    {
      'zh-CN': '运行 npx install-electron，或安装 Chromium（Debian：sudo apt install chromium）。',
      en: 'Run npx install-electron, or install Chromium (Debian: sudo apt install chromium).',
    },
  );
}

export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(existingParent(folder));
  const free = bavail * bsize;
  const amount = `${(free / GIB).toFixed(1)} GiB`;
  const found = { 'zh-CN': `${folder} 剩余 ${amount}`, en: `${amount} free at ${folder}` };
  const todo = {
    'zh-CN': '请清理磁盘；磁盘写满时无法保存打卡，屏幕会显示。',
    en: 'Free some space; on a full disk no punch can be kept, and the screen says so.',
  };
  if (free < DISK_FAIL_BYTES) return fail('disk', found, todo);
  return free < DISK_WARN_BYTES ? warn('disk', found, todo) : fine('disk', found);
}

/** A folder that does not exist yet will be on the disk of its nearest ancestor. */
function existingParent(folder: string): string {
  return existsSync(folder) && statSync(folder).isDirectory()
    ? folder
    : existingParent(dirname(folder));
}
