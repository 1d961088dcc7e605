import type { Language, Texts } from '#platform/config/language';

/** One thing wrong with the configuration. */
export interface ConfigProblem {
  /** What to look at: `--http-port`, `LINTEL_HTTP_PORT`, `/etc/lintel.json: hub.httpPort`. */
  readonly where: string;
  readonly reason: Texts;
}

export function describeProblem({ where, reason }: ConfigProblem, language: Language): string {
  return language === 'zh-CN' ? `${where}：${reason['zh-CN']}` : `${where}: ${reason.en}`;
}

export function unknownKey(where: string, suggestion: string | undefined): ConfigProblem {
  const meant = suggestion === undefined;
  return {
    where,
    reason: {
      'zh-CN': `没有这个设置项${meant ? '' : `，您是不是想写 ${suggestion}？`}`,
      en: `no such setting${meant ? '' : `, did you mean ${suggestion}?`}`,
    },
  };
}
