import type { AttachmentRule } from '#domain/approvals/attachment/attachment';
import type { Bilingual } from '#domain/approvals/bilingual';

interface FieldBase {
  /** Never changes once published: answers are kept under it, labels may be reworded. */
  readonly id: string;
  readonly label: Bilingual;
  readonly required: boolean;
}

/** One thing a template asks beyond what its kind needs anyway. */
export type Field =
  | (FieldBase & { readonly type: 'text'; readonly lengthMax: number })
  | (FieldBase & {
      readonly type: 'number';
      readonly min: number;
      readonly max: number;
      /** Digits after the point that are accepted. */
      readonly decimals: number;
    })
  | (FieldBase & { readonly type: 'date' })
  | (FieldBase & { readonly type: 'timeRange'; readonly minutesMax: number })
  | (FieldBase & {
      readonly type: 'choice';
      readonly options: readonly ChoiceOption[];
      /** How many may be ticked. */
      readonly countMax: number;
    })
  | (FieldBase & { readonly type: 'attachment'; readonly rule: AttachmentRule });

export interface ChoiceOption {
  readonly id: string;
  readonly label: Bilingual;
}
