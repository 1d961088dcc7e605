import type { Console } from '#cli/console';
import type { HubConfig } from '#contracts/config/hub-config';
import { openBooks } from '#hub/authority/open-books';
import { resetAdministrator } from '#hub/authority/reset-administrator';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';

/** `lintel hub admin reset`. @returns the exit code */
export async function runAdminReset(
  config: HubConfig,
  { name, console }: { readonly name: string | undefined; readonly console: Console },
): Promise<number> {
  const logger = createLogger('hub', config.logLevel);
  const books = await openBooks(config, { clock: systemClock(), logger });
  if (!books.ok) {
    console.complain(books.failure);
    return 1;
  }
  try {
    const reset = await resetAdministrator(books.value.authority, name);
    if (!reset.ok) {
      const names = reset.failure.names.join(', ');
      console.complain({
        'zh-CN': `没有管理员 ${name ?? ''}。现有：${names || '无'}。`,
        en: `There is no administrator ${name ?? ''}. There are: ${names || 'none'}.`,
      });
      return 1;
    }
    const { password } = reset.value;
    console.say({
      'zh-CN': `管理员 ${reset.value.name} 的新密码：${password}\n登录后须立即更换。两步验证已关闭，所有会话已结束；此操作已记入审计日志。`,
      en: `New password of ${reset.value.name}: ${password}\nIt has to be replaced at the next sign-in. The second factor is off, every session has ended, and the audit log says so.`,
    });
    return 0;
  } finally {
    await books.value.close();
  }
}
