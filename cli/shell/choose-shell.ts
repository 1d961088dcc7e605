import type { Texts } from '#platform/config/language';

/** What this machine offers to show the kiosk with. */
export interface ShellFacts {
  readonly wanted: 'auto' | 'electron' | 'chromium' | 'none';
  readonly hasDisplay: boolean;
  /** Path of the Electron binary, if there is one. */
  readonly electron: string | undefined;
  readonly browser: string | undefined;
}

export type ShellChoice =
  | {
      readonly shell: 'electron' | 'chromium';
      readonly executablePath: string;
      readonly why: Texts;
    }
  | { readonly shell: 'none'; readonly why: Texts };

/** Electron where it is, else a browser, else the address to open; and why. */
export function chooseShell(facts: ShellFacts): ShellChoice {
  const { wanted, hasDisplay, electron, browser } = facts;
  if (wanted === 'none') return none('按 --shell none 的要求', 'as --shell none asks');
  if (!hasDisplay) return none('这台机器没有图形界面', 'this machine has no display');
  if (wanted !== 'chromium' && electron !== undefined) {
    const why = { 'zh-CN': '本机有 Electron', en: 'its binary is here' };
    return { shell: 'electron', executablePath: electron, why };
  }
  if (wanted === 'electron') {
    return none(
      '没有 Electron 程序，也无法获取；可运行 npx install-electron 或设置 ELECTRON_OVERRIDE_DIST_PATH',
      'its binary is not here and could not be fetched; run npx install-electron or set ELECTRON_OVERRIDE_DIST_PATH',
    );
  }
  if (browser !== undefined) {
    const why: Texts =
      wanted === 'chromium'
        ? { 'zh-CN': '按 --shell chromium 的要求', en: 'as --shell chromium asks' }
        : { 'zh-CN': '没有 Electron，但找到了浏览器', en: 'no Electron here, but a browser' };
    return { shell: 'chromium', executablePath: browser, why };
  }
  return none(
    '没有 Electron，也没有 Chromium、Chrome 或 Edge',
    'neither Electron nor Chromium, Chrome or Edge is here',
  );
}

function none(chinese: string, english: string): ShellChoice {
  return { shell: 'none', why: { 'zh-CN': chinese, en: english } };
}
