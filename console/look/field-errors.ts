import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';

interface FieldForm<Name extends string> {
  setFields(fields: { name: Name; errors: string[] }[]): void;
}

/**
 * Puts the reasons of a refused request next to the fields they name.
 *
 * @returns reasons that name no field of this form, to be shown above it
 */
export function showFieldErrors<Name extends string>(
  form: FieldForm<NoInfer<Name>>,
  failure: HubFailure,
  names: readonly Name[],
): readonly string[] {
  const problem =
    failure.kind === 'problem' || failure.kind === 'signed-out' ? failure.problem : undefined;
  const errors = problem?.errors ?? [];
  const placed = errors.filter((error) => names.some((name) => name === error.path));
  for (const name of names) {
    const reasons = placed.filter((error) => error.path === name).map((error) => error.reason);
    form.setFields([{ name: name, errors: reasons }]);
  }
  return errors.filter((error) => !placed.includes(error)).map((e) => `${e.path}: ${e.reason}`);
}
