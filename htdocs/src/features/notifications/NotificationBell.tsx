/* What deserves a look. */
export function NotificationBell() {
  return null;
}
