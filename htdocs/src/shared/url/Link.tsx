/* A link to a view, followed without loading the page anew. */
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { hrefOf, navigate } from './location';

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  view: string;
  params?: URLSearchParams | Record<string, string>;
}

const isPlain = (event: MouseEvent) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export function Link({ view, params, onClick, ...rest }: Props) {
  const query = new URLSearchParams(params);
  return (
    <a
      {...rest}
      href={hrefOf(view, query)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlain(event) || rest.target) return;
        event.preventDefault();
        navigate(view, query);
      }}
    />
  );
}
