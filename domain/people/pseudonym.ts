/** What stands where a name was, in both languages: enough to tell two such rows apart, and no more. */
export function pseudonymOf(personId: string): { readonly 'zh-CN': string; readonly en: string } {
  const mark = personId.replaceAll('-', '').slice(0, 6).toUpperCase();
  return { 'zh-CN': `已注销 ${mark}`, en: `Erased ${mark}` };
}
