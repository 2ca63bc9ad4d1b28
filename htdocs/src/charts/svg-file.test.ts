import { describe, expect, it } from 'vitest';
import { escapeXml, fileName, FILE_WIDTH, svgFile, textWidth, wrapText } from './svg-file';
import type { ChartSpec } from './types';

const HOSTILE = `<img src=x onerror="alert('1')">&amp;`;
const spec: ChartSpec = {
  title: HOSTILE, summary: '</desc><script>1</script>', kind: 'area', stacked: true, unit: 'viewers',
  axis: { kind: 'steps', count: 2 }, placeName: String, placeTick: () => '<b>',
  series: [{ id: 'a', name: HOSTILE, color: '#ffff00', values: [1, 2] }, { id: 'b', name: 'Second', color: '#0072b2', values: [3, null] }],
};

describe('svgFile', () => {
  const { text } = svgFile(spec, new Set());

  it('shows names as they are, and does nothing of what they say', () => {
    expect(text).not.toMatch(/<(img|script|b)[\s>]/);
    expect(text.split('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;').length - 1).toBe(3);
  });

  it('needs no stylesheet, and no theme but the light one', () => {
    expect(text).not.toMatch(/class=|style|var\(/);
    expect(text).toContain('fill="#ffffff"');
    expect(text).not.toContain('#ffff00');
    expect(text).toContain('stroke-width="2"');
  });

  it('leaves out what is hidden', () => expect(svgFile(spec, new Set(['b'])).text).not.toContain('Second'));

  it('has one element open for each that is closed', () => {
    expect((text.match(/<[a-z]/g) ?? []).length).toBe((text.match(/<\//g) ?? []).length);
    expect(text).toMatch(new RegExp(`^<svg [^>]*width="${FILE_WIDTH}"`));
  });

  it('grows with a long title and many names', () => {
    const many = { ...spec, title: 'long words '.repeat(30), series: Array.from({ length: 30 }, (_, n) => ({ ...spec.series[0]!, id: String(n) })) };
    expect(svgFile(many, new Set()).height).toBeGreaterThan(svgFile(spec, new Set()).height + 100);
  });
});

describe('escapeXml', () => {
  it('leaves out what XML cannot hold', () => expect(escapeXml('a\u0000b\u001b\ud800c😀')).toBe('abc😀'));
});

describe('wrapText', () => {
  it('keeps words whole', () => expect(wrapText('aaaa bbbb cccc', 10, 55)).toEqual(['aaaa bbbb', 'cccc']));
  it('has no line for nothing', () => expect(wrapText('  ', 10, 55)).toEqual([]));
  it('knows wide letters', () => expect(textWidth('週', 10)).toBe(10));
});

describe('fileName', () => {
  it.each([
    ['Main service, 2025', 'Main-service-2025'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Gottesdienst für Ältere', 'Gottesdienst-für-Ältere'],
    ['<>:"/\\|?*', 'chart'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('of %s', (title, name) => expect(fileName(title)).toBe(name));
});
