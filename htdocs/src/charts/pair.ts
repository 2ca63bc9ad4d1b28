/* Colours for two things that have none of their own: told apart by everybody. */
export const PAIR = ['#0072b2', '#d55e00'] as const;
