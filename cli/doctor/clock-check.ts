import { spawnSync } from 'node:child_process';
import { type Finding, fail, fine, warn } from '#cli/doctor/finding';

const PROBE_TIMEOUT_MS = 5000;
/** Lintel did not exist before; a clock that says so lost its battery. */
const YEAR_MIN = 2025;
const YEAR_MAX = 2100;

/** What the system says about its own clock. */
export type NtpState = 'synchronised' | 'not-synchronised' | 'unknown';

export function checkClock(now: Temporal.ZonedDateTime, ntp: NtpState): Finding {
  const shown = `${now.toString({ smallestUnit: 'second', timeZoneName: 'never' })} ${now.timeZoneId}`;
  if (now.year < YEAR_MIN || now.year > YEAR_MAX) {
    return fail(
      'clock',
      { 'zh-CN': `时钟显示 ${shown}，不可能`, en: `the clock says ${shown}, which cannot be` },
      {
        'zh-CN': '请校准系统时间并更换主板电池；时间不对，打卡就不可信。',
        en: 'Set the clock and change its battery; punches are only as true as this clock.',
      },
    );
  }
  if (ntp === 'synchronised')
    return fine('clock', { 'zh-CN': `${shown}，已同步`, en: `${shown}, synchronised` });
  return warn(
    'clock',
    ntp === 'unknown'
      ? { 'zh-CN': `${shown}，无法得知是否同步`, en: `${shown}, cannot tell whether synchronised` }
      : { 'zh-CN': `${shown}，未与时间服务器同步`, en: `${shown}, not synchronised` },
    {
      'zh-CN': '请打开自动对时：sudo timedatectl set-ntp true（Windows：设置 → 时间和语言）。',
      en: 'Turn on network time: sudo timedatectl set-ntp true (Windows: Settings, Time & language).',
    },
  );
}

export function readNtpState(): NtpState {
  if (process.platform === 'win32') return 'unknown';
  const asked = spawnSync('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], {
    encoding: 'utf8',
    timeout: PROBE_TIMEOUT_MS,
  });
  const answer = asked.stdout?.trim();
  if (answer === 'yes') return 'synchronised';
  return answer === 'no' ? 'not-synchronised' : 'unknown';
}
