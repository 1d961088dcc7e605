import { type ReactNode, useState } from 'react';
import { Icon } from '#renderer/parts/icon.tsx';
import { useSay } from '#renderer/words/voice.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Ten digits, or letters where a number may contain them; the last key is the caller's. */
export function KeyPad(props: {
  readonly letters: 'offered' | 'none';
  readonly onCharacter: (character: string) => void;
  readonly onDelete: () => void;
  readonly children?: ReactNode;
}) {
  const [face, setFace] = useState<'digits' | 'letters'>('digits');
  const isLetters = face === 'letters' && props.letters === 'offered';
  return (
    <div className={isLetters ? 'pad letters' : 'pad'}>
      {(isLetters ? LETTERS : DIGITS).map((character) => (
        <button key={character} type="button" onClick={() => props.onCharacter(character)}>
          {character}
        </button>
      ))}
      <DeleteKey onDelete={props.onDelete} />
      {!isLetters && (
        <button type="button" onClick={() => props.onCharacter('0')}>
          0
        </button>
      )}
      {props.letters === 'offered' && (
        <FaceKey
          face={isLetters ? 'letters' : 'digits'}
          onTap={() => setFace(isLetters ? 'digits' : 'letters')}
        />
      )}
      {props.children}
    </div>
  );
}

function DeleteKey(props: { readonly onDelete: () => void }) {
  const say = useSay();
  return (
    <button type="button" aria-label={say('pin.delete')} onClick={props.onDelete}>
      <Icon name="delete" />
    </button>
  );
}

function FaceKey(props: { readonly face: 'digits' | 'letters'; readonly onTap: () => void }) {
  const say = useSay();
  return (
    <button type="button" className="alt" onClick={props.onTap}>
      {say(props.face === 'letters' ? 'pin.digits' : 'pin.letters')}
    </button>
  );
}
