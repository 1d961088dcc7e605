/** Goal: a month read back from stored days is the month of the computed ones. Method: weeks made by chance. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerDay } from '#contracts/attendance/answer-contract';
import { answerDayOf } from '#contracts/attendance/day-mapper';
import { questionOf } from '#contracts/attendance/document-mapper';
import { documentShape } from '#contracts/attendance/document-shape';
import { monthDayFrom, monthPart } from '#contracts/attendance/month-mapper';
import { computeDay } from '#domain/attendance/day';
import { monthOf } from '#domain/attendance/month/month';
import { type MonthDay, monthDayOf } from '#domain/attendance/month/month-day';
import { timelineOf } from '#domain/attendance/timeline';
import { anyWeek } from '#tests/attendance/arbitrary-document';

const RUNS = { numRuns: Number(process.env['LINTEL_PROPERTY_RUNS'] ?? 300) };

test('whatever a day comes to, its stored answer says as much to its month', () => {
  fc.assert(
    fc.property(anyWeek, (document) => {
      const { world, people, from, to } = questionOf(documentShape.parse(document));
      for (const person of people) {
        const timeline = timelineOf(person(), world);
        const computed: MonthDay[] = [];
        const stored: MonthDay[] = [];
        for (let date = from; date <= to; date += 1) {
          const day = computeDay(timeline, date);
          const answer: unknown = JSON.parse(JSON.stringify(answerDayOf(day, world)));
          computed.push(monthDayOf(day));
          stored.push(monthDayFrom(monthPart.parse(answerDay.parse(answer))));
        }
        expect(monthOf('ann', stored)).toEqual(monthOf('ann', computed));
      }
    }),
    RUNS,
  );
});
