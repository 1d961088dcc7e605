import type { Console } from '#cli/console';
import { Refusal } from '#cli/exit';
import type { Result } from '#domain/result';
import { type ConfigProblem, describeProblem } from '#platform/config/config-problem';

/** The settings, or every problem with them said and the command refused. */
export function settled<T>(settings: Result<T, ConfigProblem[]>, console: Console): T {
  if (settings.ok) return settings.value;
  for (const problem of settings.failure) {
    console.complain({
      'zh-CN': describeProblem(problem, 'zh-CN'),
      en: describeProblem(problem, 'en'),
    });
  }
  throw new Refusal('configuration');
}
