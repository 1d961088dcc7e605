import { z } from 'zod';
import { checkDocument } from '#contracts/attendance/document-check';
import { documentShape } from '#contracts/attendance/document-shape';
import { refusalsOf } from '#contracts/attendance/refusal';

/**
 * A self-contained question to the day calculation: zone, calendar, rules, people with their rosters,
 * punches and forms, and a period. Unknown keys and impossible values are refused.
 */
export const attendanceDocument = documentShape.superRefine((document, context) => {
  checkDocument(document, refusalsOf(context));
});

/** The published JSON Schema of the document. */
export function documentJsonSchema(): object {
  return {
    title: 'Lintel attendance document, version 1',
    ...z.toJSONSchema(documentShape, { io: 'input' }),
  };
}
