import { Button, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contracts/rest/v1/people';

const ROWS_PER_PAGE = 50;

export interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly onEdit: (person: Person) => void;
  readonly onErase: (person: Person) => void;
  readonly empty: ReactNode;
}

export function PeopleTable(props: PeopleTableProps): ReactNode {
  const columns = useColumns(props);
  return (
    <Table<Person>
      className="rows"
      rowKey="personId"
      columns={columns}
      dataSource={[...props.people]}
      locale={{ emptyText: props.empty }}
      pagination={{ pageSize: ROWS_PER_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

function useColumns(props: PeopleTableProps): TableColumnsType<Person> {
  const { t } = useTranslation();
  return [
    { title: t('people.employeeNo'), dataIndex: 'employeeNo', width: 110 },
    { title: t('people.name'), render: (_, person) => <Name person={person} /> },
    { title: t('people.greetingName'), dataIndex: 'greetingName', ellipsis: true },
    {
      title: t('people.locale'),
      width: 100,
      responsive: ['xl'],
      render: (_, person) => t(`locale.${person.locale}`),
    },
    {
      title: t('people.pin'),
      width: 84,
      render: (_, person) => told(person.hasPin, t('people.pinSet'), t('people.pinNone')),
    },
    {
      title: t('people.templates'),
      width: 124,
      render: (_, person) =>
        told(person.templates > 0, String(person.templates), t('people.noTemplates')),
    },
    {
      title: t('people.onTerminals'),
      width: 116,
      render: (_, person) => <OnTerminals person={person} />,
    },
    {
      width: 150,
      align: 'right',
      render: (_, person) => (
        <span className="acts">
          {person.templates > 0 && (
            <Button type="text" onClick={() => props.onErase(person)}>
              {t('people.erase')}
            </Button>
          )}
          <Button type="link" onClick={() => props.onEdit(person)}>
            {t('people.edit')}
          </Button>
        </span>
      ),
    },
  ];
}

/** What is there in plain ink, what is missing quietly: a face not enrolled is no fault. */
function told(there: boolean, yes: string, no: string): ReactNode {
  return there ? yes : <span className="quiet">{no}</span>;
}

function Name(props: { readonly person: Person }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="who">
      <b>{props.person.name}</b>
      {props.person.manager && <span className="mark-word">{t('people.managerShort')}</span>}
    </span>
  );
}

function OnTerminals(props: { readonly person: Person }): ReactNode {
  const { t } = useTranslation();
  const { current, total } = props.person.onTerminals;
  if (total === 0) return <span className="quiet">–</span>;
  const words = t('people.onTerminalsCount', { current, total });
  return current === total ? words : <span className="warn">{words}</span>;
}
