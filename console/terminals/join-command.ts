export function joinCommandOf(join: { readonly code: string }): string {
  return join.code;
}
