export function App() {
  return <h1>StreamPulse</h1>;
}
