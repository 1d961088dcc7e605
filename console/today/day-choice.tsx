import { Button, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '#console/app/route';
import { dateWords, dayOf } from '#console/language/format';
import { localeOf } from '#console/language/language';
import { Icon } from '#console/look/icon.tsx';

export interface DayChoiceProps {
  readonly shown: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
}

/** Yesterday is one press away, any other day two or three. */
export function DayChoice(props: DayChoiceProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { shown, today } = props;
  const [open, setOpen] = useState(false);
  const isToday = shown.equals(today);
  const choose = (date: Temporal.PlainDate) => {
    setOpen(false);
    go(date.equals(today) ? { page: 'today' } : { page: 'today', date: date.toString() });
  };
  return (
    <span className="day-choice">
      {!isToday && <Button onClick={() => choose(today)}>{t('today.backToToday')}</Button>}
      <Button
        aria-label={t('today.previousDay')}
        icon={<Icon name="previous" />}
        onClick={() => choose(shown.subtract({ days: 1 }))}
      />
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        placement="bottomRight"
        arrow={false}
        content={<Month shown={shown} today={today} onChoose={choose} />}
      >
        <Button aria-label={t('today.chooseDay')}>
          {dayOf(shown, today, localeOf(i18n.language))}
        </Button>
      </Popover>
      <Button
        aria-label={t('today.nextDay')}
        icon={<Icon name="next" />}
        disabled={isToday}
        onClick={() => choose(shown.add({ days: 1 }))}
      />
    </span>
  );
}

interface MonthProps extends DayChoiceProps {
  readonly onChoose: (date: Temporal.PlainDate) => void;
}

function Month(props: MonthProps): ReactNode {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const [month, setMonth] = useState(() => props.shown.toPlainYearMonth());
  const first = month.toPlainDate({ day: 1 });
  const days = Array.from({ length: month.daysInMonth }, (_, n) => first.add({ days: n }));
  const week = Array.from({ length: 7 }, (_, n) => first.add({ days: n + 1 - first.dayOfWeek }));
  const thisMonth = props.today.toPlainYearMonth();
  return (
    <div className="month">
      <header>
        <Button
          type="text"
          aria-label={t('today.previousMonth')}
          icon={<Icon name="previous" />}
          onClick={() => setMonth(month.subtract({ months: 1 }))}
        />
        <b>{dateWords(first, locale, { year: 'numeric', month: 'long' })}</b>
        <Button
          type="text"
          aria-label={t('today.nextMonth')}
          icon={<Icon name="next" />}
          disabled={month.equals(thisMonth)}
          onClick={() => setMonth(month.add({ months: 1 }))}
        />
      </header>
      <div className="days">
        {week.map((day) => (
          <span key={day.dayOfWeek}>{dateWords(day, locale, { weekday: 'narrow' })}</span>
        ))}
        {days.map((day) => (
          <button
            key={day.day}
            type="button"
            style={day.day === 1 ? { gridColumnStart: day.dayOfWeek } : undefined}
            disabled={Temporal.PlainDate.compare(day, props.today) > 0}
            aria-current={day.equals(props.shown) ? 'date' : undefined}
            onClick={() => props.onChoose(day)}
          >
            {day.day}
          </button>
        ))}
      </div>
    </div>
  );
}
