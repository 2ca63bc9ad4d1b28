/* How many pixels an element is wide, before it is first painted and whenever that changes. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** 0 until it is known. */
export function useWidth<E extends HTMLElement>(): [RefObject<E>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measured = element.current!;
    setWidth(Math.floor(measured.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(measured.clientWidth)));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
