import type { Locale } from '#contracts/wire/v1/ids';

/** What somebody at the kiosk reads in order to act; the very words of the screen. */
const en = {
  'language.switch.label': '切换到中文',
  'way.pin': 'Staff no. + PIN',
  'pin.next': 'Next',
  'pin.send': 'Check in',
  'manager.send': 'Open',
  'manager.lock': 'Lock',
  'enrol.search': 'Name or staff number',
  'enrol.front': 'Face the camera',
  'enrol.left': 'Turn slowly to your left',
  'enrol.right': 'Turn slowly to your right',
  'enrol.saving': 'Saving, encrypted',
  'enrol.test': 'Done. Step back and try it',
  'enrol.dup': 'Very like someone enrolled; a manager will check',
  'enrol.dup.accept': 'Two people, go on',
  'enrol.done': 'Recognised. Ready to check in',
  'enrol.failed': 'That did not work this time',
  'enrol.again': 'Next person',
  'enrol.cancel': 'Cancel',
  'enrol.finish': 'Finish',
  'consent.yes': 'I agree, start',
  offline: 'Saved here, will send',
  'camera.lost': 'The camera is not working',
  'camera.none': 'No camera found',
} as const;

export type KioskLabel = keyof typeof en;

const zhCn: Readonly<Record<KioskLabel, string>> = {
  'language.switch.label': 'Switch to English',
  'way.pin': '员工号 + PIN',
  'pin.next': '下一步',
  'pin.send': '打卡',
  'manager.send': '进入',
  'manager.lock': '锁定',
  'enrol.search': '姓名或员工号',
  'enrol.front': '正对镜头',
  'enrol.left': '头慢慢向左转',
  'enrol.right': '头慢慢向右转',
  'enrol.saving': '正在加密保存',
  'enrol.test': '录好了，走两步试一下',
  'enrol.dup': '和已有的人很像，请管理员看一下',
  'enrol.dup.accept': '是两个人，继续',
  'enrol.done': '认出来了，可以打卡了',
  'enrol.failed': '这次没有录成',
  'enrol.again': '录下一位',
  'enrol.cancel': '取消',
  'enrol.finish': '完成',
  'consent.yes': '同意，开始拍摄',
  offline: '已存在本机，联网后自动上传',
  'camera.lost': '摄像头没有画面',
  'camera.none': '没有找到摄像头',
};

export const KIOSK_LABELS: Readonly<Record<Locale, Readonly<Record<KioskLabel, string>>>> = {
  en,
  'zh-CN': zhCn,
};
