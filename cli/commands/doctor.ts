import type { Command } from 'commander';
import { hubSettings } from '#cli/config/hub-settings';
import { addSettingOptions, flagsOf } from '#cli/config/setting-options';
import { type Console, plain } from '#cli/console';
import { checkClock, readNtpState } from '#cli/doctor/clock-check';
import {
  checkHubData,
  checkKeyFile,
  checkModelFiles,
  checkTerminalData,
} from '#cli/doctor/data-checks';
import type { Finding, Verdict } from '#cli/doctor/finding';
import {
  checkCamera,
  checkDisk,
  checkDisplay,
  checkNode,
  checkShell,
} from '#cli/doctor/machine-checks';
import { checkPort } from '#cli/doctor/port-check';
import { settled } from '#cli/settled';
import { toldBy } from '#cli/told';
import type { HubConfig } from '#contracts/config/hub-config';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { terminalSettings } from '#terminal/config/terminal-settings';

const PARTS = ['hub', 'terminal'] as const;
/** Good enough for a check: where the hub is does not matter here. */
const ANY_HUB = { hubUrl: 'mqtt://127.0.0.1:1883' };
const CHINESE_NAMES: ReadonlyMap<string, string> = new Map([
  ['node', 'Node'],
  ['clock', '时钟'],
  ['camera', '摄像头'],
  ['display', '图形界面'],
  ['shell', '显示程序'],
  ['models', '模型'],
  ['disk', '磁盘'],
  ['keys', '密钥'],
  ['terminal data', '终端数据'],
  ['hub data', '考勤中心数据'],
]);
const MARK: Readonly<Record<Verdict, string>> = { ok: '✓', warn: '!', fail: '✗' };

export function addDoctorCommand(program: Command, console: Console): void {
  const chinese = console.language === 'zh-CN';
  const command = program
    .command('doctor')
    .description(
      chinese
        ? '检查这台机器：Node、模型、摄像头、显示、端口、磁盘、时钟、数据，并说明怎么处理'
        : 'check this machine (Node, models, camera, display, ports, disk, clock, data) and say what to do',
    )
    .option('--json', chinese ? '输出 JSON' : 'print JSON');
  addSettingOptions(command, PARTS, console.language).action(
    async (options: Record<string, unknown>) => {
      const told = toldBy(flagsOf(options, PARTS));
      const hub = settled(hubSettings(told), console);
      const terminal = settled(terminalSettings(told, ANY_HUB), console);
      const findings = await examine(hub, terminal);
      if (options['json'] === true) console.say(plain(JSON.stringify({ findings })));
      else print(findings, console);
      if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1;
    },
  );
}

async function examine(hub: HubConfig, terminal: TerminalConfig): Promise<Finding[]> {
  return [
    checkNode(),
    checkClock(Temporal.Now.zonedDateTimeISO(), readNtpState()),
    checkCamera(),
    checkDisplay(),
    checkShell(),
    await checkModelFiles(terminal.modelDir, terminal.faceEngine),
    await checkPort({ flag: '--http-port', host: hub.httpHost, port: hub.httpPort }),
    await checkPort({ flag: '--mqtt-port', host: hub.mqttHost, port: hub.mqttPort }),
    await checkDisk(terminal.dataDir),
    checkKeyFile(terminal.dataDir),
    checkTerminalData(terminal.dataDir),
    await checkHubData(hub),
  ];
}

function print(findings: readonly Finding[], console: Console): void {
  for (const { check, verdict, found, todo } of findings) {
    console.say({
      'zh-CN': `${MARK[verdict]} ${CHINESE_NAMES.get(check) ?? check}：${found['zh-CN']}`,
      en: `${MARK[verdict]} ${check}: ${found.en}`,
    });
    if (todo) console.say({ 'zh-CN': `    ${todo['zh-CN']}`, en: `    ${todo.en}` });
  }
}
