import { useEffect, useState } from 'react';
import type { EnrolPerson } from '#renderer/enrolment/enrolment-model';
import { FailureNote } from '#renderer/enrolment/failure-note.tsx';
import { useSession } from '#renderer/kiosk/kiosk.tsx';
import { KeyPad } from '#renderer/parts/key-pad.tsx';
import { Beam, Cap, Lintel, Saying } from '#renderer/parts/lintel.tsx';
import { Key, Threshold } from '#renderer/parts/threshold.tsx';
import type { Answer } from '#renderer/pipe/engine-client';
import { useSay } from '#renderer/words/voice.tsx';

/** As long as the contract lets a query be. */
const QUERY_LENGTH_MAX = 80;
/** Short enough to feel immediate, long enough not to ask for every letter. */
const SEARCH_PAUSE_MS = 120;

/** Whose face is it? A list, narrowed by name or staff number. */
export function PersonStep() {
  const say = useSay();
  const session = useSession();
  const [query, setQuery] = useState('');
  const found = usePeople(query);
  return (
    <>
      <Lintel>
        <Cap now="hidden" />
        <Saying title={say('enrol.person')} />
        <Beam />
      </Lintel>
      <section className="open">
        <div className="form people">
          <Found answer={found} />
          <div className="fields">
            <input
              className="box on"
              type="text"
              aria-label={say('enrol.search')}
              placeholder={say('enrol.search')}
              maxLength={QUERY_LENGTH_MAX}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            <KeyPad
              letters="offered"
              onCharacter={(character) => setQuery((text) => text + character)}
              onDelete={() => setQuery((text) => text.slice(0, -1))}
            >
              <button type="button" className="alt" onClick={() => setQuery('')}>
                {say('enrol.search.clear')}
              </button>
            </KeyPad>
          </div>
        </div>
      </section>
      <Threshold>
        <Key
          icon="lock"
          label={say('manager.lock')}
          look="quiet"
          onTap={() => void session.lock()}
        />
        <Key
          icon="settings"
          label={say('enrol.settings')}
          onTap={() => session.enrolment({ kind: 'settings-opened' })}
        />
      </Threshold>
    </>
  );
}

function Found(props: { readonly answer: Answer<'enrol.people'> | undefined }) {
  const say = useSay();
  const { answer } = props;
  if (answer === undefined) return <div className="list" aria-busy="true" />;
  if (!answer.ok)
    return (
      <div className="list">
        <FailureNote failure={answer.failure} />
      </div>
    );
  const { people, total } = answer.value;
  if (people.length === 0) return <p className="list note">{say('enrol.none')}</p>;
  return (
    <ul className="list">
      {people.map((person) => (
        <PersonRow key={person.personId} person={person} />
      ))}
      {total > people.length && (
        <li className="note">{say('enrol.more', { count: total - people.length })}</li>
      )}
    </ul>
  );
}

function PersonRow(props: { readonly person: EnrolPerson }) {
  const say = useSay();
  const session = useSession();
  const { person } = props;
  return (
    <li>
      <button type="button" onClick={() => session.enrolment({ kind: 'person-chosen', person })}>
        <b>{person.name}</b>
        <span>{person.employeeNo}</span>
        <em>
          {person.templates === 0
            ? say('enrol.templates.none')
            : say('enrol.templates', { count: person.templates })}
        </em>
      </button>
    </li>
  );
}

/** The answer to the latest query; an earlier one that comes late is dropped. */
function usePeople(query: string): Answer<'enrol.people'> | undefined {
  const session = useSession();
  const [answer, setAnswer] = useState<Answer<'enrol.people'>>();
  useEffect(() => {
    let isLatest = true;
    const search = async () => {
      const found = await session.searchPeople(query.trim());
      if (isLatest) setAnswer(found);
    };
    const pause = setTimeout(() => void search(), SEARCH_PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(pause);
    };
  }, [session, query]);
  return answer;
}
