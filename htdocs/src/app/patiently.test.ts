import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { patiently } from './patiently';

const there = () => Promise.resolve(true), away = () => Promise.resolve(false);
const failing = (times: number) => {
  let left = times;
  return vi.fn(() => (left-- > 0 ? Promise.reject(new Error('gone')) : Promise.resolve('part')));
};

describe('patiently', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits for a server that is away', async () => {
    const load = failing(5), loaded = patiently(load, away);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await loaded).toBe('part');
    expect(load).toHaveBeenCalledTimes(6);
  });
  it('tries once more where the server has just come back', async () => {
    const loaded = patiently(failing(1), there);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await loaded).toBe('part');
  });
  it('gives up where the server does not have it', async () => {
    const load = failing(9), refused = expect(patiently(load, there)).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(5000);
    await refused;
    expect(load).toHaveBeenCalledTimes(2);
  });
});
