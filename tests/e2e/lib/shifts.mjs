// What moved on the page without anybody having asked for it: the browser's own measure of layout shift.

/** In every page of the context, from the first paint on. */
export const watchShifts = (context) => context.addInitScript(() => {
  const root = () => document.documentElement?.outerHTML.slice(0, 40);
  const nameOf = (node) => node && `${node.nodeName} ${node.className ?? ''} ${(node.textContent ?? '').slice(0, 40)}`;
  const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(',');
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.shifts.push({ value: entry.value, what: entry.sources.map((one) => `${nameOf(one.node) ?? root()} ${box(one.previousRect)} -> ${box(one.currentRect)}`) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
});

/** [{value, what}] since the page was loaded, or since the last call. */
export const shifts = (page) => page.evaluate(() => new Promise((resolve) => {
  /* Two frames, so that what has just been laid out is in it. */
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.shifts.splice(0))));
}));
