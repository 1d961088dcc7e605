import { App, Button, Input } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHub, useLive } from '#console/app/hub-context';
import { useResource } from '#console/app/resource';
import { useSite } from '#console/app/site';
import { timeOf } from '#console/language/format';
import { Icon } from '#console/look/icon.tsx';
import {
  FailureNotice,
  LoadingRows,
  Notice,
  StaleBand,
  useFailureWords,
} from '#console/look/notice.tsx';
import { PeopleTable } from '#console/people/people-table.tsx';
import { PersonDrawer, type PersonTask } from '#console/people/person-drawer.tsx';
import type { Person } from '#contracts/rest/v1/people';

/** The hub's own limit; the search box finds whoever is beyond it. */
const PEOPLE_SHOWN_MAX = 1000;

export function PeoplePage(): ReactNode {
  const { t } = useTranslation();
  const { api } = useHub();
  const [words, setWords] = useState('');
  const load = useCallback(
    () => api.listPeople({ query: { query: words.trim(), limit: PEOPLE_SHOWN_MAX } }),
    [api, words],
  );
  const { resource, reload } = useResource(load);
  const [task, setTask] = useState<PersonTask>();
  const { value, failure, readAt } = resource;
  const zone = useSite().value?.zone ?? 'UTC';

  useLive((event) => {
    if (event.name === 'people' || event.name === 'terminal') reload();
  }, reload);

  return (
    <>
      <div className="head">
        <h1>{t('people.title')}</h1>
        <span className="quiet">
          {value !== undefined && t('people.count', { count: value.total })}
        </span>
        <Button
          className="act"
          type="primary"
          icon={<Icon name="add" />}
          onClick={() => setTask({ kind: 'add' })}
        >
          {t('people.add')}
        </Button>
      </div>
      {failure !== undefined && readAt !== undefined && (
        <StaleBand failure={failure} since={timeOf(readAt.toString(), zone)} onRetry={reload} />
      )}
      <section className="sheet">
        {value === undefined && failure === undefined && <LoadingRows />}
        {value === undefined && failure !== undefined && (
          <FailureNotice failure={failure} onRetry={reload} />
        )}
        {value !== undefined && (
          <PeopleList
            people={value.people}
            total={value.total}
            words={words}
            onWords={setWords}
            onEdit={(person) => setTask({ kind: 'edit', person })}
            onErased={reload}
          />
        )}
      </section>
      <PersonDrawer task={task} onClose={() => setTask(undefined)} onSaved={reload} />
    </>
  );
}

interface PeopleListProps {
  readonly people: readonly Person[];
  readonly total: number;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly onEdit: (person: Person) => void;
  readonly onErased: () => void;
}

function PeopleList(props: PeopleListProps): ReactNode {
  const { t } = useTranslation();
  const erase = useErase(props.onErased);
  const notice = props.words === '' ? 'empty' : 'emptySearch';
  return (
    <>
      <div className="bar">
        <Input
          className="find"
          allowClear
          prefix={<Icon name="find" />}
          placeholder={t('people.search')}
          aria-label={t('people.search')}
          value={props.words}
          onChange={(event) => props.onWords(event.target.value)}
        />
        {props.total > props.people.length && (
          <span className="warn">
            {t('people.tooMany', { total: props.total, shown: props.people.length })}
          </span>
        )}
      </div>
      <PeopleTable
        people={props.people}
        onEdit={props.onEdit}
        onErase={erase}
        empty={
          <Notice icon="people" title={t(`people.${notice}`)} hint={t(`people.${notice}Hint`)} />
        }
      />
    </>
  );
}

/** Asks before it acts: a face cannot be brought back, only enrolled anew. */
function useErase(onErased: () => void): (person: Person) => void {
  const { t } = useTranslation();
  const { api } = useHub();
  const { modal, message } = App.useApp();
  const words = useFailureWords();
  return (person) => {
    void modal.confirm({
      icon: null,
      title: t('people.eraseTitle', { name: person.name }),
      content: t('people.eraseText', { count: person.templates }),
      okText: t('people.eraseYes'),
      okButtonProps: { danger: true },
      cancelText: t('people.cancel'),
      autoFocusButton: 'cancel',
      onOk: async () => {
        const answer = await api.eraseFaces({ params: { personId: person.personId } });
        if (!answer.ok) return message.error(words(answer.failure).title);
        onErased();
        return message.success(t('people.erased', { name: person.name }));
      },
    });
  };
}
