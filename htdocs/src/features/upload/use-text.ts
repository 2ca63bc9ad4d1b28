/* The chosen file's text, for showing places of it. */
import { useEffect, useState } from 'react';
import { textOf } from './file';

/** null until it is read. */
export function useText(file: File, encoding: string): string | null {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isOld = false;
    void textOf(file, encoding).then((read) => !isOld && setText(read));
    return () => {
      isOld = true;
    };
  }, [file, encoding]);
  return text;
}
